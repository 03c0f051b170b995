//! `GET /checkout/{key}`: details, then the payment.
