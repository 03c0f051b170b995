//! Versions as programs print them and as Cargo.lock holds them. No pre-releases: nothing we need has one.

use std::fmt;

/// Three numbers, compared in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

/// Which versions of a program will do.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// This one only: the two sides of a format must agree.
    Exactly(Version),
    /// This one or a later one.
    AtLeast(Version),
}

impl Version {
    /// The first version in what a program prints: `cargo-leptos 0.3.10`, `v20.20.2`, `wasm-opt version 132 (…)`.
    pub fn find(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(Self::parse)
    }

    /// The version Cargo.lock holds of a package; the first, when there are several.
    pub fn locked(lock: &str, package: &str) -> Option<Self> {
        let name = format!("name = \"{package}\"");
        let mut lines = lock.lines().skip_while(|line| *line != name);
        let version = lines.nth(1)?.strip_prefix("version = ")?;
        Self::parse(version.trim_matches('"'))
    }

    fn parse(word: &str) -> Option<Self> {
        let mut parts = word.trim_start_matches('v').splitn(3, '.').map(|part| {
            let digits = part.find(|c: char| !c.is_ascii_digit());
            part[..digits.unwrap_or(part.len())].parse().ok()
        });
        let major = parts.next()??;
        let minor = parts.next().unwrap_or(Some(0))?;
        let patch = parts.next().unwrap_or(Some(0))?;
        Some(Self(major, minor, patch))
    }
}

impl Wanted {
    pub fn accepts(self, found: Version) -> bool {
        match self {
            Self::Exactly(wanted) => found == wanted,
            Self::AtLeast(least) => found >= least,
        }
    }

    /// The version to install.
    pub fn version(self) -> Version {
        match self {
            Self::Exactly(version) | Self::AtLeast(version) => version,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_programs_print() {
        let cases = [
            ("cargo-leptos 0.3.10\n", Some(Version(0, 3, 10))),
            ("v20.20.2", Some(Version(20, 20, 2))),
            (
                "wasm-opt version 132 (version_132)",
                Some(Version(132, 0, 0)),
            ),
            ("Version 7.0", Some(Version(7, 0, 0))),
            (
                "rustc 1.96.0-nightly (abc 2026-01-01)",
                Some(Version(1, 96, 0)),
            ),
            ("command not found", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Version::find(text), expected, "{text:?}");
        }
    }

    #[test]
    fn versions_compare_by_number_and_not_by_letter() {
        let wanted = Wanted::AtLeast(Version(0, 3, 10));
        let cases = [
            (Version(0, 3, 9), false),
            (Version(0, 3, 10), true),
            (Version(0, 3, 11), true),
            (Version(0, 2, 50), false),
            (Version(1, 0, 0), true),
        ];
        for (found, accepted) in cases {
            assert_eq!(wanted.accepts(found), accepted, "{found}");
        }
        let exactly = Wanted::Exactly(Version(0, 2, 130));
        assert!(exactly.accepts(Version(0, 2, 130)));
        assert!(!exactly.accepts(Version(0, 2, 131)));
    }

    #[test]
    fn a_lock_file_names_the_version_of_each_package() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.2.99\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
dependencies = []
";
        let cases = [
            ("wasm-bindgen", Some(Version(0, 2, 130))),
            ("wasm-bindgen-macro", Some(Version(0, 2, 99))),
            ("wasm", None),
        ];
        for (package, expected) in cases {
            assert_eq!(Version::locked(lock, package), expected, "{package}");
        }
    }
}
