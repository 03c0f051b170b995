//! One route, one file: each page a pure function from data to HTML.
//!
//! Pages and shared parts erase their type (`into_any`): it is as deep as their HTML, and whoever renders them would
//! otherwise spell it out whole, past the compiler's recursion limit.

pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod order;
pub mod problem;
