//! The README's payment is the example's, which is driven in a browser.
#![cfg(not(target_arch = "wasm32"))]

#[test]
fn the_payment_of_the_readme_is_the_one_that_is_tested() {
    let example = include_str!("../examples/payment/payment.rs");
    let (_, code) = example
        .split_once("\n\n")
        .expect("it begins with its own comment");
    let shown = include_str!("../README.md")
        .split("```")
        .find_map(|part| part.strip_prefix("rust,no_run\n"));
    assert_eq!(shown, Some(code));
}
