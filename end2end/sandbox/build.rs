//! A release has the browser's files compiled in, so it is made anew when there is another file.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed=js");
        println!("cargo::rerun-if-changed=inside");
    }
}
