//! The script of a frame: a `main.js` with every module that it imports, joined into one classic script, so that a frame
//! is there after one request instead of forty. The modules stay as they are written, and their lines stay lines. Two
//! forms are known, and any other is refused: `import { a, b } from './x.js';` and `export` in front of a declaration.

use std::collections::BTreeSet;

/// Classic scripts that every module may use.
const CLASSIC: &[&str] = &["shared/channel.js", "shared/api.js"];

/// The script of `main`. `read` answers the text of the file with a path. An error says what is wrong with the modules.
pub(crate) fn join(
    main: &str,
    read: &dyn Fn(&str) -> Option<String>,
) -> std::result::Result<String, String> {
    let mut script = "(() => {\n'use strict';\nconst modules = {};\n".to_owned();
    for name in CLASSIC {
        script.push_str(&read(name).ok_or_else(|| format!("{name} is not there"))?);
    }
    let mut joined = BTreeSet::new();
    add(main, read, &mut Vec::new(), &mut joined, &mut script)?;
    script.push_str("})();\n");
    Ok(script)
}

/// Adds a module after those that it imports. `path` are the modules that wait for it.
fn add(
    name: &str,
    read: &dyn Fn(&str) -> Option<String>,
    path: &mut Vec<String>,
    joined: &mut BTreeSet<String>,
    script: &mut String,
) -> std::result::Result<(), String> {
    if joined.contains(name) {
        return Ok(());
    }
    if path.iter().any(|waiting| waiting == name) {
        return Err(format!("{name} imports itself, by way of {path:?}"));
    }
    let text = read(name).ok_or_else(|| format!("{name} is not there, which {path:?} imports"))?;
    path.push(name.to_owned());
    let mut body = String::with_capacity(text.len());
    let mut exported = Vec::new();
    for line in text.lines() {
        if line.starts_with("import ") {
            let (names, from) =
                imported(line).ok_or_else(|| format!("{name}: `{line}` is not understood"))?;
            let module = resolve(name, from);
            add(&module, read, path, joined, script)?;
            body.push_str(&format!(
                "const {{{}}} = modules['{module}'];",
                names.replace(" as ", ": ")
            ));
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let declared = declared(declaration)
                .ok_or_else(|| format!("{name}: `{line}` is not understood"))?;
            exported.push(declared);
            body.push_str(declaration);
        } else {
            body.push_str(line);
        }
        body.push('\n');
    }
    path.pop();
    joined.insert(name.to_owned());
    script.push_str(&format!(
        "modules['{name}'] = (() => {{\n{body}return {{ {} }};\n}})();\n",
        exported.join(", ")
    ));
    Ok(())
}

/// The names between the braces, and where they come from.
fn imported(line: &str) -> Option<(&str, &str)> {
    let (names, from) = line.strip_prefix("import {")?.split_once("} from '")?;
    Some((names, from.strip_suffix("';")?))
}

/// The name that a declaration makes.
fn declared(declaration: &str) -> Option<&str> {
    let rest = declaration.strip_prefix("async ").unwrap_or(declaration);
    let rest = ["function ", "const ", "class "]
        .iter()
        .find_map(|kind| rest.strip_prefix(kind))?;
    let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_' && sign != '$');
    let name = &rest[..end.unwrap_or(rest.len())];
    (!name.is_empty()).then_some(name)
}

/// `../shared/dom.js`, as `payment/methods/card.js` means it.
fn resolve(importer: &str, from: &str) -> String {
    let mut parts: Vec<&str> = importer.split('/').collect();
    parts.pop();
    for part in from.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(files: &[(&str, &str)]) -> std::result::Result<String, String> {
        join("a/main.js", &|name| {
            let classic = CLASSIC.contains(&name).then(String::new);
            let file = files.iter().find(|(path, _)| *path == name);
            file.map(|(_, text)| (*text).to_owned()).or(classic)
        })
    }

    #[test]
    fn a_module_comes_once_and_before_whoever_imports_it() {
        let script = joined(&[
            (
                "a/main.js",
                "import { one } from './b/one.js';\nimport { two as zwei } from '../two.js';\nzwei(one);\n",
            ),
            (
                "a/b/one.js",
                "import { two } from '../../two.js';\nexport const one = two();\n",
            ),
            ("two.js", "export async function two() {}\nexport class Two {\n}\n"),
        ])
        .unwrap();
        let expected = "(() => {\n'use strict';\nconst modules = {};\n\
            modules['two.js'] = (() => {\nasync function two() {}\nclass Two {\n}\nreturn { two, Two };\n})();\n\
            modules['a/b/one.js'] = (() => {\nconst { two } = modules['two.js'];\nconst one = two();\nreturn { one };\n})();\n\
            modules['a/main.js'] = (() => {\nconst { one } = modules['a/b/one.js'];\n\
            const { two: zwei } = modules['two.js'];\nzwei(one);\nreturn {  };\n})();\n})();\n";
        assert_eq!(script, expected);
    }

    #[test]
    fn what_cannot_be_joined_says_why() {
        for (main, why) in [
            ("import one from './one.js';", "not understood"),
            ("import './one.js';", "not understood"),
            ("export default {};", "not understood"),
            ("export { one };", "not understood"),
            ("import { one } from './two.js';", "is not there"),
            ("import { one } from './main.js';", "imports itself"),
        ] {
            let error = joined(&[("a/main.js", main)]).unwrap_err();
            assert!(error.contains(why), "{main}: {error}");
        }
    }
}
