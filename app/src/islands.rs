//! The few interactive parts: they run the flow's commands, and decide nothing.

pub mod payment;
