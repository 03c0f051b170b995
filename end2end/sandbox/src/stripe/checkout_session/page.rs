//! The test page of a session: what it shows, and what is sent from it. How it looks is outside, in `checkout_page`.

mod entered;
mod view;

use super::pay::{Pairs, pair};
use super::{CheckoutSession, Status};
use crate::stripe::call::Call;
use crate::stripe::error::Error;
use crate::stripe::form;
use crate::stripe::params::Params;

pub(crate) use view::{Field, Input, Method, OpenPage, View};

/// What a request to a page leads to.
pub(crate) enum Turn {
    Show(u16, View),
    Go(String),
}

/// What the page says besides the session: what went wrong, and where.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub problem: Option<String>,
    /// By the name of the field.
    pub fields: Vec<(String, String)>,
    pub method: Option<String>,
}

impl Call<'_> {
    pub(crate) fn show_session(&self, id: &str) -> Turn {
        let Some(session) = self.world.checkout_sessions.get(id) else {
            return Turn::Show(404, View::unknown());
        };
        let remarks = Remarks {
            problem: self.last_problem(session),
            ..Remarks::default()
        };
        Turn::Show(200, session.view(self.world, &remarks))
    }

    /// The shopper is back from the bank's page.
    pub(crate) fn return_to_session(&self, id: &str) -> Turn {
        match self.world.checkout_sessions.get(id) {
            None => Turn::Show(404, View::unknown()),
            Some(session) if session.status == Status::Complete => match session.way_out() {
                Some(address) => Turn::Go(address),
                None => self.show_session(id),
            },
            Some(session) => Turn::Go(session.page()),
        }
    }

    /// The form was sent: to pay, or only to count anew.
    pub(crate) fn submit_session(&mut self, id: &str, body: &str) -> Turn {
        let Some(session) = self.world.checkout_sessions.get(id) else {
            return Turn::Show(404, View::unknown());
        };
        if session.status != Status::Open {
            return self.show_session(id);
        }
        let mut session = session.clone();
        let Ok(mut form) = form::nested(&form::pairs(body)) else {
            return Turn::Show(400, View::unknown());
        };
        let mut remarks = Remarks::default();
        let pays = !form.is_text("action", "update");
        self.take_in(&mut session, &mut form, pays, &mut remarks);
        self.world.checkout_sessions.put(session.clone());
        if !pays {
            return match remarks.fields.is_empty() {
                true => Turn::Go(session.page()),
                false => Turn::Show(422, session.view(self.world, &remarks)),
            };
        }
        let shown = entered::text(&mut form, "total");
        let total = session.totals(self.world).total().to_string();
        if remarks.fields.is_empty() && shown.is_some_and(|shown| shown != total) {
            remarks.problem = Some(
                "The total has changed with what you entered. Look at it, and pay again."
                    .to_owned(),
            );
        }
        remarks.method = entered::text(&mut form, "method");
        if remarks.problem.is_some() || !remarks.fields.is_empty() {
            return Turn::Show(422, session.view(self.world, &remarks));
        }
        let method = method_pairs(&mut form, remarks.method.as_deref().unwrap_or("card"));
        match self.carry_out_session(id, method) {
            Ok(()) => self.after_submission(id),
            Err(error) => {
                remark(&error, &mut remarks);
                let session = self.world.checkout_sessions.get(id).unwrap_or(&session);
                Turn::Show(error.status, session.view(self.world, &remarks))
            }
        }
    }

    fn after_submission(&self, id: &str) -> Turn {
        let session = self.world.checkout_sessions.get(id);
        match session.and_then(|session| self.next_page(session)) {
            Some(address) => Turn::Go(address),
            None => self.show_session(id),
        }
    }

    /// Why the last try came to nothing, where the shopper was elsewhere meanwhile.
    pub(super) fn last_problem(&self, session: &CheckoutSession) -> Option<String> {
        let payment = session.payment_intent.as_ref();
        let payment = payment.and_then(|id| self.world.payment_intents.get(id));
        let setup = session.setup_intent.as_ref();
        let setup = setup.and_then(|id| self.world.setup_intents.get(id));
        let error = match (payment, setup) {
            (Some(intent), _) => intent.last_payment_error.as_ref(),
            (None, Some(intent)) => intent.last_setup_error.as_ref(),
            (None, None) => None,
        };
        error.map(|error| error.message.clone())
    }
}

/// The error's words, at the field that they are about.
fn remark(error: &Error, remarks: &mut Remarks) {
    let field = match error.code {
        Some("incorrect_number" | "invalid_number") => Some("card_number"),
        Some("invalid_expiry_month" | "invalid_expiry_year" | "expired_card") => {
            Some("card_expiry")
        }
        Some("invalid_cvc" | "incorrect_cvc") => Some("card_cvc"),
        Some("invalid_bank_account_iban") => Some("iban"),
        Some("account_number_invalid") => Some("account_number"),
        Some("routing_number_invalid") => Some("routing_number"),
        _ => None,
    };
    match field {
        Some(field) => remarks
            .fields
            .push((field.to_owned(), error.message.clone())),
        None => remarks.problem = Some(error.message.clone()),
    }
}

/// The chosen method as `payment_method_data` has it.
fn method_pairs(form: &mut Params, method: &str) -> Pairs {
    let place = |field: &str| format!("payment_method_data[{method}][{field}]");
    let mut pairs = vec![pair("payment_method_data[type]", method)];
    let mut given = |field: &str, name: &str| {
        let text = entered::text(form, name).unwrap_or_default();
        pairs.push((place(field), text));
    };
    match method {
        "card" => {
            given("number", "card_number");
            given("cvc", "card_cvc");
            let expiry = entered::text(form, "card_expiry").unwrap_or_default();
            let digits: String = expiry.chars().filter(char::is_ascii_digit).collect();
            let month = digits.get(..2).unwrap_or("0");
            let year = digits
                .get(2..)
                .filter(|year| !year.is_empty())
                .unwrap_or("0");
            pairs.push((place("exp_month"), month.to_owned()));
            pairs.push((place("exp_year"), year.to_owned()));
        }
        "sepa_debit" => given("iban", "iban"),
        "us_bank_account" => {
            given("account_number", "account_number");
            given("routing_number", "routing_number");
            pairs.push((place("account_holder_type"), "individual".to_owned()));
        }
        _ => {}
    }
    pairs
}
