//! JSON's text of a value, as `serde_json` would print it. Answers are printed on every request: this knows the tree, so
//! it asks nothing at its nodes, and texts that need no escapes are copied at once.

use super::Value;
use serde::Serialize;

/// How much further in each level of a printed answer stands.
const INDENT: &str = "  ";

/// With one field to a line, as answers are printed.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = String::with_capacity(4096);
    write(value, &mut text, Some(0));
    text
}

/// Without a space.
pub(super) fn compact(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text, None);
    text
}

/// `depth` is that of the line the value begins on, where there are lines.
fn write(value: &Value, text: &mut String, depth: Option<usize>) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Integer(number) => text.push_str(itoa::Buffer::new().format(*number)),
        Value::Float(number) => push_serialized(number, text),
        Value::String(content) => push_text(content, text),
        Value::Array(items) if items.is_empty() => text.push_str("[]"),
        Value::Object(object) if object.is_empty() => text.push_str("{}"),
        Value::Array(items) => {
            let inner = depth.map(|depth| depth + 1);
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                begin_line(at > 0, text, inner);
                write(item, text, inner);
            }
            begin_line(false, text, depth);
            text.push(']');
        }
        Value::Object(object) => {
            let inner = depth.map(|depth| depth + 1);
            text.push('{');
            for (at, (name, value)) in object.iter().enumerate() {
                begin_line(at > 0, text, inner);
                push_text(name, text);
                text.push_str(if inner.is_some() { ": " } else { ":" });
                write(value, text, inner);
            }
            begin_line(false, text, depth);
            text.push('}');
        }
    }
}

fn begin_line(follows: bool, text: &mut String, depth: Option<usize>) {
    if follows {
        text.push(',');
    }
    if let Some(depth) = depth {
        text.push('\n');
        for _ in 0..depth {
            text.push_str(INDENT);
        }
    }
}

fn push_text(content: &str, text: &mut String) {
    // To look at every byte is faster than to stop at one: many are looked at together.
    let escapes = content.bytes().fold(false, |found, byte| {
        found | (byte < b' ') | (byte == b'"') | (byte == b'\\')
    });
    if escapes {
        return push_serialized(content, text);
    }
    text.push('"');
    text.push_str(content);
    text.push('"');
}

/// What is rare or has rules of its own.
fn push_serialized<T: Serialize + ?Sized>(value: &T, text: &mut String) {
    // Neither a text nor a float can fail to be written.
    text.push_str(&serde_json::to_string(value).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stripe::json::json;

    #[test]
    fn it_is_the_text_that_serde_json_prints() {
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([{ "list": [] }, { "things": [true, false, 0] }, null]),
            json!([i64::MIN, i64::MAX, 0.5, -0.0, 1e21, f64::NAN]),
            json!({ "a": { "b": [{ "c": "d" }], "e": {} }, "f": [[1, 2], [3, 4]] }),
            json!({ "texts": ["", "é 日本 🙂", "a\"b\\c\nd\te\u{0}\u{1f}\u{7f}"] }),
            json!({ "names": { "quoted": std::collections::BTreeMap::from([("a\"b\n", 1)]) } }),
        ] {
            let expected = serde_json::to_string_pretty(&value).expect("JSON");
            assert_eq!(pretty(&value), expected);
            assert_eq!(
                compact(&value),
                serde_json::to_string(&value).expect("JSON")
            );
        }
    }
}
