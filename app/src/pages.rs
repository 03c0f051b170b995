//! One route, one file.

pub mod cart;
pub mod catalogue;
pub mod checkout;
pub mod order;
pub mod problem;
