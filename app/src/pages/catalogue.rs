//! `GET /`: everything for sale.
