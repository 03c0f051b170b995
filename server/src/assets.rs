//! The addresses of the built files. cargo-leptos puts a hash of each into its name and lists the hashes in
//! `hash.txt` beside the program; that is read once.

use std::path::Path;

use app::document::Assets;

/// The addresses, by the list beside this program; without one, or without hashes, the plain names. `stripe_js` is
/// where Stripe.js comes from.
#[must_use]
pub fn find(hash_files: bool, stripe_js: &str) -> Assets {
    let program = std::env::current_exe().ok().filter(|_| hash_files);
    let list = program
        .as_deref()
        .and_then(Path::parent)
        .map(|folder| folder.join("hash.txt"));
    let list = list
        .and_then(|list| std::fs::read_to_string(list).ok())
        .unwrap_or_default();
    named_by(&list, stripe_js)
}

/// The addresses by a list of lines like `js: 4kOl…`.
fn named_by(list: &str, stripe_js: &str) -> Assets {
    let hash = |kind: &str| {
        let line = list
            .lines()
            .find_map(|line| line.split_once(':').filter(|(name, _)| name.trim() == kind));
        line.map(|(_, hash)| format!(".{}", hash.trim()))
    };
    Assets {
        css: format!("/pkg/till{}.css", hash("css").unwrap_or_default()),
        js: format!("/pkg/till{}.js", hash("js").unwrap_or_default()),
        wasm: format!("/pkg/till{}.wasm", hash("wasm").unwrap_or_default()),
        stripe_js: stripe_js.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_come_from_the_list_and_plain_ones_without() {
        let assets = named_by("js: abc\nwasm: def\ncss: ghi\n", "");
        assert_eq!(
            (
                assets.js.as_str(),
                assets.wasm.as_str(),
                assets.css.as_str()
            ),
            (
                "/pkg/till.abc.js",
                "/pkg/till.def.wasm",
                "/pkg/till.ghi.css"
            )
        );
        let assets = named_by("", "");
        assert_eq!(
            (
                assets.js.as_str(),
                assets.wasm.as_str(),
                assets.css.as_str()
            ),
            ("/pkg/till.js", "/pkg/till.wasm", "/pkg/till.css")
        );
    }
}
