//! One route, one file: each page a pure function from data to HTML.
//!
//! Pages and shared parts erase their type (`into_any`): it is as deep as their HTML, and whoever renders them would
//! otherwise spell it out whole, past the compiler's recursion limit.

pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod order;
pub mod problem;

#[cfg(all(test, feature = "ssr"))]
mod fixtures;

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::fixtures;

    #[test]
    fn no_page_needs_more_than_the_content_security_policy_allows() {
        for (name, html) in fixtures::every_page() {
            assert!(html.starts_with("<!DOCTYPE html>"), "{name}");
            assert!(
                !html.contains(" style=") && !html.contains("<style"),
                "{name}: an inline style"
            );
            assert!(
                !html.contains("<script"),
                "{name}: a script where there is no island"
            );
            assert!(
                !html.contains("javascript:") && !html.contains("data:"),
                "{name}: an address that is no address"
            );
            for attribute in html.split_ascii_whitespace() {
                let handler = attribute.starts_with("on") && attribute.contains("=\"");
                assert!(!handler, "{name}: an inline handler, {attribute}");
            }
        }
    }

    #[test]
    fn every_page_has_one_main_heading() {
        for (name, html) in fixtures::every_page() {
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
        }
    }
}
