//! The page that the README shows is the example that is driven in a browser, to the letter.

#[test]
fn the_readme_shows_the_example() {
    let (readme, example) = (
        include_str!("../README.md"),
        include_str!("../examples/pay.rs"),
    );
    assert!(readme.contains(&format!("```rust,no_run\n{example}```\n")));
}
