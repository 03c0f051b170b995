//! The latest API requests of a world, for tests to count and people to read. Card numbers and security codes are
//! taken out before anything is kept.

use super::form;
use super::message::{Request, Response};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

const LONGEST: usize = 2000;
/// Bytes kept of a request's parameters, and of an answer.
const MOST_PARAMS: usize = 8 * 1024;
const MOST_ANSWER: usize = 16 * 1024;
/// The fewest digits a card number has.
const CARD_DIGITS: usize = 12;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LoggedRequest {
    pub id: String,
    pub method: String,
    pub path: String,
    pub status: u16,
    pub idempotency_key: Option<String>,
    #[serde(default)]
    pub created: i64,
    /// Not in the state file, which would grow by megabytes.
    #[serde(skip)]
    pub exchange: Exchange,
}

/// What was asked and answered, cut where it is long.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exchange {
    /// Names and values of query and form.
    pub params: Vec<(String, String)>,
    pub answer: String,
    pub replayed: bool,
}

impl Exchange {
    pub(crate) fn of(request: &Request, response: &Response) -> Self {
        let mut params = form::pairs(&request.query);
        // A body that is no form is refused, and nobody knows where its secrets are.
        let content_type = request.content_type.as_deref().unwrap_or_default();
        if content_type.starts_with("application/x-www-form-urlencoded")
            && let Ok(form) = str::from_utf8(&request.body)
        {
            params.extend(form::pairs(form));
        }
        let mut answer = cut(&response.body, MOST_ANSWER);
        for secret in take_secrets(&mut params) {
            // A refusal may repeat what it refuses.
            answer = answer.replace(&secret, &last_digits(&secret));
        }
        let mut kept = 0;
        params.retain(|(name, value)| {
            kept += name.len() + value.len();
            kept <= MOST_PARAMS
        });
        Exchange {
            params,
            answer,
            replayed: response
                .headers
                .iter()
                .any(|(name, _)| *name == "idempotent-replayed"),
        }
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct RequestLog {
    requests: VecDeque<LoggedRequest>,
}

impl RequestLog {
    pub(crate) fn push(&mut self, request: LoggedRequest) {
        if self.requests.len() == LONGEST {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    pub(crate) fn len(&self) -> usize {
        self.requests.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&LoggedRequest> {
        self.newest_first().find(|request| request.id == id)
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &LoggedRequest> {
        self.requests.iter().rev()
    }
}

/// Leaves the last digits of card numbers and account numbers, and nothing of security codes. The numbers found.
fn take_secrets(params: &mut [(String, String)]) -> Vec<String> {
    let mut secrets = Vec::new();
    for (name, value) in params {
        if names_a_secret(name) || is_long_number(value) {
            let secret = std::mem::replace(value, last_digits(value));
            if is_long(&secret) {
                secrets.push(secret);
            }
        }
    }
    secrets
}

fn names_a_secret(name: &str) -> bool {
    let name = name.trim_end_matches(']');
    ["number", "cvc", "iban"]
        .iter()
        .any(|secret| name.ends_with(secret))
}

/// Digits alone, however they are grouped: as a card's number, in whatever field.
fn is_long_number(value: &str) -> bool {
    let is_number = |sign: u8| sign.is_ascii_digit() || b"+- .".contains(&sign);
    value.bytes().all(is_number) && is_long(value)
}

fn is_long(value: &str) -> bool {
    value.bytes().filter(u8::is_ascii_digit).count() >= CARD_DIGITS
}

/// `****4242`; of what is too short for a number, nothing.
fn last_digits(value: &str) -> String {
    let signs: Vec<char> = value.chars().filter(char::is_ascii_alphanumeric).collect();
    let shown = if is_long(value) { 4 } else { 0 };
    format!(
        "****{}",
        signs[signs.len() - shown..].iter().collect::<String>()
    )
}

fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(most)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(form: &str, answer: &str) -> (String, String) {
        let request = Request {
            content_type: Some("application/x-www-form-urlencoded".to_owned()),
            body: form.as_bytes().to_vec(),
            ..Request::default()
        };
        let response = Response {
            status: 400,
            headers: Vec::new(),
            body: answer.to_owned(),
        };
        let Exchange { params, answer, .. } = Exchange::of(&request, &response);
        let params: Vec<String> = params
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (params.join("&"), answer)
    }

    #[test]
    fn secrets_are_taken_out_of_forms_and_nothing_else_is() {
        for (form, expected) in [
            ("amount=1999&currency=usd", "amount=1999&currency=usd"),
            ("card[number]=4242424242424242", "card[number]=****4242"),
            (
                "a%5Bcard%5D%5Bn%75mber%5D=4242+4242+4242+4242&a%5Bcard%5D%5Bcvc%5D=123",
                "a[card][number]=****4242&a[card][cvc]=****",
            ),
            (
                "us_bank_account[account_number]=000123456789&x=1",
                "us_bank_account[account_number]=****6789&x=1",
            ),
            (
                "sepa_debit[iban]=DE89370400440532013000",
                "sepa_debit[iban]=****3000",
            ),
            (
                "metadata[note]=4242-4242-4242-4242",
                "metadata[note]=****4242",
            ),
            (
                "note=%34%32%34%32424242424242&cvc_update[cvc]=1234",
                "note=****4242&cvc_update[cvc]=****",
            ),
            ("created[gte]=1795132800", "created[gte]=1795132800"),
            ("", ""),
        ] {
            assert_eq!(kept(form, "").0, expected, "{form}");
        }
    }

    #[test]
    fn a_refusal_that_repeats_a_number_is_kept_without_it() {
        let (params, answer) = kept(
            "email=4242%204242%204242%204242",
            "Invalid email address: 4242 4242 4242 4242",
        );
        assert_eq!(params, "email=****4242");
        assert_eq!(answer, "Invalid email address: ****4242");
    }

    #[test]
    fn long_parameters_are_left_out() {
        let (params, _) = kept(&format!("a=1&b={}&c=2", "x".repeat(MOST_PARAMS)), "");
        assert_eq!(params, "a=1");
    }

    #[test]
    fn what_is_long_is_cut_between_letters() {
        assert_eq!(cut("äää", 3), "ä…");
        assert_eq!(cut("äää", 6), "äää");
    }
}
