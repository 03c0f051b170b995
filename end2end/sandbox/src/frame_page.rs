//! The document of a frame: a `page.html` with its style sheets and its script in it, so that a form is there after one
//! request. It knows the lines that name them, and the policy that lets nothing else in.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// `page` with what its lines `<link rel="stylesheet" href="…">` and `<script src="…" defer></script>` name. `text_at`
/// answers the text at an address. An error says what is wrong with the page.
pub(crate) fn join(
    page: &str,
    text_at: &dyn Fn(&str) -> std::result::Result<String, String>,
) -> std::result::Result<String, String> {
    let mut joined = String::with_capacity(page.len());
    let mut styles = String::new();
    let mut scripts = String::new();
    for line in page.split_inclusive('\n') {
        let named = line.trim();
        if let Some(address) = between(named, "<link rel=\"stylesheet\" href=\"", "\">") {
            let text = inner(address, "</style", text_at)?;
            styles.push_str(&source(&text));
            joined.extend(["<style>", &text, "</style>\n"]);
        } else if let Some(address) = between(named, "<script src=\"", "\" defer></script>") {
            let text = inner(address, "</script", text_at)?;
            scripts.push_str(&source(&text));
            // A module waits for the body, as a deferred script does.
            joined.extend(["<script type=\"module\">", &text, "</script>\n"]);
        } else {
            joined.push_str(line);
        }
    }
    Ok(joined
        .replacen("style-src 'self'", &format!("style-src{styles}"), 1)
        .replacen("script-src 'self'", &format!("script-src{scripts}"), 1))
}

fn between<'line>(line: &'line str, before: &str, after: &str) -> Option<&'line str> {
    line.strip_prefix(before)?.strip_suffix(after)
}

/// The text at an address, which must not hold what would end it early.
fn inner(
    address: &str,
    end: &str,
    text_at: &dyn Fn(&str) -> std::result::Result<String, String>,
) -> std::result::Result<String, String> {
    let text = text_at(address)?;
    if text.contains(end) {
        return Err(format!("{address} holds `{end}`"));
    }
    Ok(text)
}

/// What a Content-Security-Policy calls this text, after a space.
fn source(text: &str) -> String {
    format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n  <meta content=\"script-src 'self'; style-src 'self'\">\n  \
        <link rel=\"stylesheet\" href=\"/a.css\">\n  <script src=\"/main.js\" defer></script>\n</head>\n";

    #[test]
    fn a_page_holds_what_it_names_and_lets_nothing_else_in() {
        let joined = join(PAGE, &|address| Ok(format!("/* {address} */"))).unwrap();
        // What `openssl dgst -sha256 -binary | base64` makes of `/* /main.js */` and `/* /a.css */`.
        let expected = "<head>\n  <meta content=\"script-src 'sha256-nEJ+2+1pKYANgFQHIZpZqxgIABWV/1HELadS9fgnrmo='; style-src 'sha256-+ykHpCbJpeXo2nznd63sHEu/KaB0FwfAlZ5owSOcMvM='\">\n\
            <style>/* /a.css */</style>\n<script type=\"module\">/* /main.js */</script>\n</head>\n";
        assert_eq!(joined, expected);
    }

    #[test]
    fn what_would_end_early_or_is_not_there_says_so() {
        let ends = join(PAGE, &|_| Ok("'</script>'".into()));
        assert_eq!(ends, Err("/main.js holds `</script`".into()));
        let absent = join(PAGE, &|address| Err(format!("{address} is not there")));
        assert_eq!(absent, Err("/a.css is not there".into()));
    }
}
