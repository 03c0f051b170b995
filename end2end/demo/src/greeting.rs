//! What the demo says when it is ready: to people, or to the program that started it.

use std::{fmt, path::PathBuf};

use serde_json::json;

/// Where everything is.
pub struct Greeting {
    pub shop: String,
    pub sandbox: String,
    pub secret_key: String,
    pub data: PathBuf,
}

/// Test cards worth trying first. Stripe's page: <https://docs.stripe.com/testing>
const CARDS: [(&str, &str); 5] = [
    ("4242 4242 4242 4242", "pays"),
    ("4000 0027 6000 3184", "asks for 3-D Secure first"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0000 0000 9995", "has insufficient funds"),
    ("4000 0000 0000 0069", "has expired"),
];

impl Greeting {
    /// One line, for programs.
    pub fn json(&self) -> String {
        json!({
            "shop": self.shop,
            "sandbox": self.sandbox,
            "secret_key": self.secret_key,
            "data": self.data,
        })
        .to_string()
    }
}

impl fmt::Display for Greeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n  The shop:     {}", self.shop)?;
        writeln!(
            f,
            "  The sandbox:  {}   (Stripe's part; no card is real)",
            self.sandbox
        )?;
        writeln!(f, "  The data:     {}\n", self.data.display())?;
        writeln!(f, "  Cards to try, with any future date and any code:")?;
        for (number, what) in CARDS {
            writeln!(f, "    {number}   {what}")?;
        }
        write!(
            f,
            "\n  The merchant's side, in another terminal: cargo xtask demo orders --help\n  Ctrl-C stops it; orders are kept for the next time.\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_greeted_with_one_line() {
        let greeting = Greeting {
            shop: "http://127.0.0.1:1".into(),
            sandbox: "http://127.0.0.1:2".into(),
            secret_key: "sk_test_x".into(),
            data: "/tmp/x".into(),
        };
        assert_eq!(
            greeting.json(),
            r#"{"data":"/tmp/x","sandbox":"http://127.0.0.1:2","secret_key":"sk_test_x","shop":"http://127.0.0.1:1"}"#
        );
        assert!(!greeting.to_string().contains("sk_test_x"));
    }
}
