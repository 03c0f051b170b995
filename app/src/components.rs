//! Parts that several pages share. Each is HTML for its data; none knows which page it stands on.

mod address;
mod currency_switch;
mod field;
mod receipt;
mod wordmark;

pub use address::Recipient;
pub use currency_switch::CurrencySwitch;
pub use field::{CountryField, ErrorSummary, TextField, typed};
pub use receipt::Receipt;
pub use wordmark::Wordmark;
