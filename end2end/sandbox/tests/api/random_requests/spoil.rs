//! What makes a good request a bad one.

use super::dice::Dice;

const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "+5",
    "1e9",
    "0x10",
    "NaN",
    "1.5",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "99999999",
    "100000000",
    "true",
    "null",
    "[]",
    "{}",
    "usd",
    "USD",
    "pm_card_visa",
    "pi_x",
    "../..",
    "'; DROP TABLE charges; --",
    "<script>alert(1)</script>",
    "\u{0}",
    "\u{7f}\u{200b}\u{202e}",
    "💳é漢\u{1F468}\u{200D}\u{1F469}",
    "%",
    "javascript:alert(1)",
    "https://",
    "a&b=c",
];

/// One thing wrong with the parameters.
pub fn spoil(pairs: &mut Vec<(String, String)>, dice: &mut Dice) {
    if pairs.is_empty() {
        pairs.push((
            dice.pick(&["x", "amount", "metadata", "[]", ""]).to_owned(),
            "1".to_owned(),
        ));
    }
    let at = dice.roll(pairs.len());
    let (name, value) = pairs[at].clone();
    match dice.roll(12) {
        0 => drop(pairs.remove(at)),
        1 => pairs.push((name, value)),
        2 | 3 => pairs[at].1 = dice.pick(TEXTS).to_owned(),
        4 => pairs[at].1 = value.repeat(1 + dice.roll(400)),
        5 => pairs.push((format!("{name}[a]"), value)),
        6 => pairs.push((name.split('[').next().unwrap_or(&name).to_owned(), value)),
        7 => pairs[at].0 = format!("{name}{}", "[a]".repeat(1 + dice.roll(200))),
        8 => {
            pairs[at].0 = format!(
                "{name}{}",
                dice.pick(&["[", "]", "[]", "[][]", "[a", "[-1]", "[99999999999]"])
            )
        }
        9 => pairs.push((
            dice.pick(&["colour", "id", "object", "a]b[", "\u{0}"])
                .to_owned(),
            value,
        )),
        10 => pairs[at].0 = name.replace('[', "%5B"),
        _ => pairs.push((
            format!("metadata[{}]", dice.pick(TEXTS)),
            dice.pick(TEXTS).to_owned(),
        )),
    }
}

/// The pairs as a form; now and then encoded as no client would.
pub fn encode(pairs: &[(String, String)], dice: &mut Dice) -> Vec<u8> {
    let mut body = Vec::new();
    for (place, (name, value)) in pairs.iter().enumerate() {
        if place > 0 {
            body.push(b'&');
        }
        body.extend(percent_encoded(name));
        body.push(b'=');
        body.extend(percent_encoded(value));
    }
    if dice.once_in(25) && !body.is_empty() {
        let at = dice.roll(body.len());
        match dice.roll(4) {
            0 => body[at] = dice.roll(256) as u8,
            1 => body.truncate(at),
            2 => body.extend(
                dice.pick(&["%", "%f", "%zz", "%ff%fe", "&&&", "=", "&=x"])
                    .bytes(),
            ),
            _ => drop(body.splice(at..at, (0..dice.roll(20)).map(|_| dice.roll(256) as u8))),
        }
    }
    body
}

/// Brackets stay as they are, as official clients send them.
fn percent_encoded(text: &str) -> Vec<u8> {
    let mut encoded = Vec::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'[' | b']' => {
                encoded.push(byte)
            }
            other => encoded.extend(format!("%{other:02X}").bytes()),
        }
    }
    encoded
}
