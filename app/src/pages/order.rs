//! `GET /orders/{key}`: the order, in every state its payment can be in.
