use super::*;

type Vars<'a> = &'a [(&'a str, &'a str)];

const TEST: [(&str, &str); 3] = [
    ("STRIPE_SECRET_KEY", "sk_test_hush"),
    ("STRIPE_PUBLISHABLE_KEY", "pk_test_1"),
    ("STRIPE_WEBHOOK_SECRET", "whsec_hush"),
];
const LIVE: [(&str, &str); 4] = [
    ("STRIPE_SECRET_KEY", "sk_live_hush"),
    ("STRIPE_PUBLISHABLE_KEY", "pk_live_1"),
    ("STRIPE_WEBHOOK_SECRET", "whsec_hush"),
    ("SITE_URL", "https://shop.example"),
];

/// The settings of `base` with those of `changes` in their place.
fn config(base: Vars, changes: Vars) -> Result<Config, ConfigError> {
    Config::from_vars(|name| {
        let found = changes.iter().chain(base).find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn a_newcomer_without_keys_is_shown_both_ways() {
    let error = config(&[], &[]).unwrap_err();
    assert_eq!(error, ConfigError::NoKeys);
    assert!(
        error.to_string().contains("cargo xtask demo")
            && error.to_string().contains("STRIPE_SECRET_KEY")
    );
}

#[test]
fn complete_settings_start() {
    let test = config(&TEST, &[]).unwrap();
    assert!(!test.is_live() && test.warnings.is_empty());
    assert_eq!(
        (test.api_url.as_str(), test.js_url.as_str()),
        (API_URL, STRIPE_JS_URL)
    );
    let live = config(&LIVE, &[]).unwrap();
    assert!(live.is_live());
    let local = [
        ("STRIPE_API_URL", "http://127.0.0.1:4242"),
        ("STRIPE_JS_URL", "http://localhost:4242/endive/stripe.js"),
    ];
    assert!(config(&TEST, &local).is_ok());
    let rolled = config(&TEST, &[("STRIPE_WEBHOOK_SECRET", "whsec_old, whsec_new")]).unwrap();
    assert_eq!(rolled.webhook_secrets.len(), 2);
    assert_eq!(
        config(&LIVE, &[("SITE_URL", "https://shop.example/")])
            .unwrap()
            .site_url
            .unwrap(),
        "https://shop.example"
    );
}

#[test]
fn test_keys_without_a_webhook_secret_start_with_a_warning() {
    let config = config(&TEST, &[("STRIPE_WEBHOOK_SECRET", "")]).unwrap();
    assert!(config.warnings.len() == 1 && config.warnings[0].contains("stripe listen"));
}

#[test]
fn what_does_not_fit_together_refuses_and_names_the_variable() {
    let cases: [(Vars, Vars, &str); 20] = [
        (&TEST, &[("STRIPE_SECRET_KEY", "")], "STRIPE_SECRET_KEY"),
        (
            &TEST,
            &[("STRIPE_PUBLISHABLE_KEY", "")],
            "STRIPE_PUBLISHABLE_KEY",
        ),
        (
            &TEST,
            &[("STRIPE_SECRET_KEY", "pk_test_hush")],
            "STRIPE_SECRET_KEY",
        ),
        (&TEST, &[("STRIPE_SECRET_KEY", "hush")], "STRIPE_SECRET_KEY"),
        (
            &TEST,
            &[("STRIPE_PUBLISHABLE_KEY", "sk_test_hush")],
            "STRIPE_PUBLISHABLE_KEY",
        ),
        (
            &TEST,
            &[("STRIPE_PUBLISHABLE_KEY", "rk_live_hush")],
            "STRIPE_PUBLISHABLE_KEY",
        ),
        (
            &TEST,
            &[("STRIPE_PUBLISHABLE_KEY", "pk_live_1")],
            "STRIPE_PUBLISHABLE_KEY",
        ),
        (
            &LIVE,
            &[("STRIPE_PUBLISHABLE_KEY", "pk_test_1")],
            "STRIPE_PUBLISHABLE_KEY",
        ),
        (
            &TEST,
            &[("STRIPE_WEBHOOK_SECRET", "hush")],
            "STRIPE_WEBHOOK_SECRET",
        ),
        (
            &LIVE,
            &[("STRIPE_WEBHOOK_SECRET", "")],
            "STRIPE_WEBHOOK_SECRET",
        ),
        (
            &LIVE,
            &[("STRIPE_API_URL", "https://stripe.example")],
            "STRIPE_API_URL",
        ),
        (
            &LIVE,
            &[("STRIPE_API_URL", "http://127.0.0.1:4242")],
            "STRIPE_API_URL",
        ),
        (
            &LIVE,
            &[("STRIPE_JS_URL", "http://127.0.0.1:4242/endive/stripe.js")],
            "STRIPE_JS_URL",
        ),
        (
            &TEST,
            &[("STRIPE_API_URL", "http://stripe.example")],
            "STRIPE_API_URL",
        ),
        (
            &TEST,
            &[("STRIPE_JS_URL", "javascript:alert(1)")],
            "STRIPE_JS_URL",
        ),
        (&LIVE, &[("SITE_URL", "http://127.0.0.1:3000")], "SITE_URL"),
        (&LIVE, &[("SITE_URL", "")], "SITE_URL"),
        (
            &TEST,
            &[("SITE_URL", "https://shop.example/path")],
            "SITE_URL",
        ),
        (
            &TEST,
            &[("DATABASE_URL", "mysql://localhost/till")],
            "DATABASE_URL",
        ),
        (
            &TEST,
            &[("LEPTOS_SITE_ADDR", "everywhere")],
            "LEPTOS_SITE_ADDR",
        ),
    ];
    for (base, changes, name) in cases {
        let error = config(base, changes).unwrap_err().to_string();
        assert!(error.contains(name), "{changes:?}: {error}");
        assert!(!error.contains("hush"), "{error}");
    }
}

#[test]
fn secrets_do_not_show_in_debug() {
    assert!(!format!("{:?}", config(&LIVE, &[]).unwrap()).contains("hush"));
}

#[test]
fn the_books_are_in_sqlite_or_postgresql_and_a_password_is_not_shown() {
    const SHARED: &str = "postgres://till:hush@db.example/till";
    let cases = [
        (&[][..], "sqlite://.data/till.db"),
        (&[("DATABASE_URL", SHARED)][..], SHARED),
        (
            &[("DATABASE_URL", "postgresql:///till")][..],
            "postgresql:///till",
        ),
    ];
    for (changes, expected) in cases {
        let config = config(&TEST, changes).unwrap();
        assert_eq!(config.database_url.as_str(), expected);
        assert!(!format!("{config:?}").contains("hush@"), "{config:?}");
    }
}
