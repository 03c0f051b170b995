//! The programs that turn Rust into a site: which ones, in which version, from where. The addresses are those
//! the projects publish for `cargo binstall`.

use std::{env::consts, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use super::{
    node,
    prebuilt::{self, Archive},
};
use crate::{
    house::House,
    run::{program, reply, run, step},
    version::{Version, Wanted},
};

/// 0.3.11 needs a newer Rust than ours.
const CARGO_LEPTOS: Wanted = Wanted::AtLeast(Version(0, 3, 10));
/// Older ones do not know what today's Rust emits.
const WASM_OPT: Wanted = Wanted::AtLeast(Version(132, 0, 0));
const WASM_TARGET: &str = "wasm32-unknown-unknown";

pub fn wasm_target() -> Result<()> {
    let sysroot = reply(Command::new("rustc").args(["--print", "sysroot"]))
        .context("rustc does not answer")?;
    let library = PathBuf::from(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM_TARGET);
    if library.exists() {
        return Ok(());
    }
    step("Rust's target for the browser", "a minute");
    run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
}

pub fn cargo_leptos(house: &House) -> Result<()> {
    if answers(house, "cargo-leptos", CARGO_LEPTOS) {
        return Ok(());
    }
    let version = CARGO_LEPTOS.version();
    let archive = host_triple().map(|triple| Archive {
        url: format!(
            "https://github.com/leptos-rs/cargo-leptos/releases/download/v{version}/cargo-leptos-{triple}.tar.gz"
        ),
        programs: &["cargo-leptos"],
        wanted: CARGO_LEPTOS,
    });
    // --locked: its dependencies have since moved on to versions it was never built with.
    install(
        house,
        archive,
        "cargo-leptos",
        version,
        &["--locked"],
        "ten minutes on two cores",
    )
}

/// In the version of Cargo.lock, because the library and the program share an unversioned format.
pub fn wasm_bindgen(house: &House) -> Result<()> {
    let lock = fs::read_to_string(house.root.join("Cargo.lock"))?;
    let version = Version::locked(&lock, "wasm-bindgen")
        .context("Cargo.lock names no version of wasm-bindgen")?;
    let wanted = Wanted::Exactly(version);
    if answers(house, "wasm-bindgen", wanted) {
        return Ok(());
    }
    let archive = host_triple().map(|triple| Archive {
        url: format!(
            "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-{triple}.tar.gz"
        ),
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        wanted,
    });
    install(
        house,
        archive,
        "wasm-bindgen-cli",
        version,
        &[],
        "three minutes on two cores",
    )
}

/// The folder to put before the PATH, when it is npm's package that brings the program.
pub fn wasm_opt(house: &House, yes: bool) -> Result<Option<PathBuf>> {
    if answers(house, "wasm-opt", WASM_OPT) {
        return Ok(None);
    }
    let from_npm = house.node_bin();
    let npm_has_it = || accepts(program("wasm-opt", &[&from_npm]), WASM_OPT);
    if npm_has_it() {
        return Ok(Some(from_npm));
    }
    let Version(number, ..) = WASM_OPT.version();
    let archive = binaryen_platform(consts::OS, consts::ARCH).map(|platform| Archive {
        url: format!(
            "https://github.com/WebAssembly/binaryen/releases/download/version_{number}/binaryen-version_{number}-{platform}.tar.gz"
        ),
        programs: &["wasm-opt"],
        wanted: WASM_OPT,
    });
    if let Some(archive) = archive {
        step(&format!("wasm-opt {number}"), "a minute");
        match prebuilt::install(house, &archive) {
            Ok(()) => return Ok(None),
            Err(error) => println!("  no prebuilt one: {error:#}"),
        }
    }
    node::packages(house, yes)
        .context("wasm-opt comes from an npm package where it cannot be downloaded")?;
    if !npm_has_it() {
        bail!(
            "wasm-opt {number} could not be installed; install binaryen {number} or newer yourself"
        );
    }
    Ok(Some(from_npm))
}

/// cargo-leptos asks its compiler for all it can do, which takes long and gains a site nothing: what takes its time there
/// is cargo, wasm-opt and the compression, and none was seen to take longer.
const QUICKLY: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

fn install(
    house: &House,
    archive: Option<Archive>,
    package: &str,
    version: Version,
    options: &[&str],
    compiling: &str,
) -> Result<()> {
    step(
        &format!("{package} {version}"),
        &format!("a minute prebuilt, otherwise compiled: {compiling}"),
    );
    if let Some(archive) = archive {
        match prebuilt::install(house, &archive) {
            Ok(()) => return Ok(()),
            Err(error) => println!("  no prebuilt one: {error:#}"),
        }
    }
    // --force: an older version of the same program may lie there.
    run(Command::new("cargo")
        .args([
            "install",
            package,
            "--version",
            &version.to_string(),
            "--force",
        ])
        .args(options)
        .envs(QUICKLY)
        // Their objects do not belong among ours.
        .env_remove("CARGO_TARGET_DIR"))
}

fn answers(house: &House, name: &str, wanted: Wanted) -> bool {
    accepts(program(name, &[&house.bin]), wanted)
}

fn accepts(mut program: Command, wanted: Wanted) -> bool {
    reply(program.arg("--version"))
        .and_then(|text| Version::find(&text))
        .is_some_and(|found| wanted.accepts(found))
}

fn host_triple() -> Option<&'static str> {
    triple(consts::OS, consts::ARCH)
}

/// The target whose prebuilt programs run here: musl on Linux, which asks nothing of the distribution.
fn triple(os: &str, arch: &str) -> Option<&'static str> {
    Some(match (os, arch) {
        ("linux", "x86_64") => "x86_64-unknown-linux-musl",
        ("linux", "aarch64") => "aarch64-unknown-linux-musl",
        ("macos", "x86_64") => "x86_64-apple-darwin",
        ("macos", "aarch64") => "aarch64-apple-darwin",
        ("windows", "x86_64") => "x86_64-pc-windows-msvc",
        _ => return None,
    })
}

fn binaryen_platform(os: &str, arch: &str) -> Option<&'static str> {
    Some(match (os, arch) {
        ("linux", "x86_64") => "x86_64-linux",
        ("linux", "aarch64") => "aarch64-linux",
        ("macos", "x86_64") => "x86_64-macos",
        ("macos", "aarch64") => "arm64-macos",
        ("windows", "x86_64") => "x86_64-windows",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_platform_has_no_prebuilt_programs() {
        let cases = [
            (
                "linux",
                "x86_64",
                Some("x86_64-unknown-linux-musl"),
                Some("x86_64-linux"),
            ),
            (
                "macos",
                "aarch64",
                Some("aarch64-apple-darwin"),
                Some("arm64-macos"),
            ),
            ("freebsd", "x86_64", None, None),
            ("linux", "riscv64", None, None),
        ];
        for (os, arch, rust, binaryen) in cases {
            assert_eq!(triple(os, arch), rust, "{os} {arch}");
            assert_eq!(binaryen_platform(os, arch), binaryen, "{os} {arch}");
        }
    }
}
