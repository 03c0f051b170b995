//! Verifying a bank account by small deposits (docs.stripe.com/payments/ach-direct-debit, "Verify bank account with
//! microdeposits"): the payer reads the amounts, or a code, in the account's statement.

use super::call::Call;
use super::error::{Error, Result};
use super::instrument::Instrument;
use super::json::{Value, json};
use super::params::Params;
use super::payment_method::PaymentMethod;
use super::three_d_secure::{Answer, Authentication, AuthenticationState};
use super::timer::Timer;
use super::{payment_intent, setup_intent};

const DAY_S: i64 = 24 * 60 * 60;
/// A deposit that cannot be made comes back soon.
const COMES_BACK_S: i64 = 5;
/// Unverified accounts are waited for this long.
const VERIFIED_WITHIN_S: i64 = 10 * DAY_S;

/// What Stripe's test values stand for: two amounts in any order, or a code.
const TEST_VALUES: &[([i64; 2], &str, Answer)] = &[
    ([32, 45], "SM11AA", Answer::Complete),
    ([10, 11], "SM33CC", Answer::TooManyTries),
    ([40, 41], "SM44DD", Answer::DepositsTimeOut),
];

impl Call<'_> {
    /// Whether this account must be verified before it can be debited.
    pub(crate) fn needs_microdeposits(
        &self,
        method: &PaymentMethod,
        verification: Option<&str>,
    ) -> bool {
        let account = method.data.instrument.us_bank_account();
        account.is_some_and(|account| !account.is_verified() && verification != Some("instant"))
    }

    /// Sends the deposits. The id of the attempt, which carries the `next_action`.
    pub(crate) fn send_microdeposits(&mut self, intent: &str, method: &PaymentMethod) -> String {
        let id = self.world.random.id("payatt_3");
        let page = format!("{}/test_payment/us_bank_account/{id}", self.origin);
        let next_action = json!({
            "type": "verify_with_microdeposits",
            "verify_with_microdeposits": {
                "arrival_date": (self.now.div_euclid(DAY_S) + 2) * DAY_S,
                "hosted_verification_url": page,
                "microdeposit_type": "descriptor_code",
            },
        });
        let account = method.data.instrument.us_bank_account();
        let (after_s, answer) = match account.is_some_and(|account| account.refuses_deposits()) {
            true => (COMES_BACK_S, Answer::DepositsFail),
            false => (VERIFIED_WITHIN_S, Answer::DepositsTimeOut),
        };
        let attempt = id.clone();
        self.set_timer(after_s, Timer::PayerAnswers { attempt, answer });
        self.world.authentications.put(Authentication {
            id: id.clone(),
            intent: intent.to_owned(),
            state: AuthenticationState::Pending,
            next_action,
            return_url: None,
        });
        id
    }

    /// `POST /v1/payment_intents/{id}/verify_microdeposits`
    pub(crate) fn verify_payment_microdeposits(
        &mut self,
        id: &str,
        params: Params,
    ) -> Result<Value> {
        let intent = payment_intent::find(self.world, id)?;
        let attempt = intent.authentication.clone();
        let waits = intent.status == payment_intent::Status::RequiresAction;
        let attempt = attempt.filter(|attempt| waits && self.verifies(attempt));
        let attempt = attempt.ok_or_else(|| {
            payment_intent::find(self.world, id).map_or_else(
                |missing| missing,
                |intent| intent.unexpected_state(self.world, NOTHING_TO_VERIFY.to_owned()),
            )
        })?;
        self.verify(&attempt, params)?;
        Ok(payment_intent::find(self.world, id)?.json(self.world))
    }

    /// `POST /v1/setup_intents/{id}/verify_microdeposits`
    pub(crate) fn verify_setup_microdeposits(&mut self, id: &str, params: Params) -> Result<Value> {
        let intent = setup_intent::find(self.world, id)?;
        let attempt = intent.authentication.clone();
        let waits = intent.status == setup_intent::Status::RequiresAction;
        let attempt = attempt.filter(|attempt| waits && self.verifies(attempt));
        let attempt = attempt.ok_or_else(|| {
            setup_intent::find(self.world, id).map_or_else(
                |missing| missing,
                |intent| intent.unexpected_state(self.world, NOTHING_TO_VERIFY.to_owned()),
            )
        })?;
        self.verify(&attempt, params)?;
        Ok(setup_intent::find(self.world, id)?.json(self.world))
    }

    /// The account is the payer's.
    pub(crate) fn verify_account(&mut self, method: &str) {
        let method = self.world.payment_methods.get_mut(method);
        if let Some(Instrument::UsBankAccount(account)) =
            method.map(|method| &mut method.data.instrument)
        {
            account.verify();
        }
    }

    fn verifies(&self, attempt: &str) -> bool {
        let attempt = self.world.authentications.get(attempt);
        attempt.is_some_and(|attempt| attempt.next_action["type"] == "verify_with_microdeposits")
    }

    fn verify(&mut self, attempt: &str, mut params: Params) -> Result<()> {
        params.only_one_of(&["amounts", "descriptor_code"])?;
        let code = params.text("descriptor_code")?;
        let amounts = params.list("amounts")?;
        let read = match (code, amounts) {
            (Some(code), _) => {
                let known = TEST_VALUES.iter().find(|(_, known, _)| *known == code);
                known.map(|(_, _, read)| *read).ok_or_else(|| {
                    Error::invalid("The descriptor code does not match the one sent.")
                        .code("payment_method_microdeposit_verification_descriptor_code_mismatch")
                        .param("descriptor_code")
                })?
            }
            (None, Some(amounts)) => {
                let mut amounts = read_amounts(&amounts)?;
                amounts.sort_unstable();
                let known = TEST_VALUES.iter().find(|(known, _, _)| *known == amounts);
                known.map(|(_, _, read)| *read).ok_or_else(|| {
                    Error::invalid("The amounts do not match those sent.")
                        .code("payment_method_microdeposit_verification_amounts_mismatch")
                        .param("amounts")
                })?
            }
            (None, None) => return Err(params_missing()),
        };
        self.answer_challenge(attempt, read);
        if read == Answer::Complete {
            return Ok(());
        }
        let (code, message) = read.failure("");
        Err(Error::invalid(message).code(code).carried_out())
    }
}

const NOTHING_TO_VERIFY: &str = "This intent has no microdeposits to verify: its next action is not \
                                 `verify_with_microdeposits`.";

fn params_missing() -> Box<Error> {
    Error::invalid("Missing required param: amounts, or descriptor_code.")
        .code("parameter_missing")
        .param("amounts")
}

fn read_amounts(texts: &[String]) -> Result<[i64; 2]> {
    let amounts: Vec<i64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    match amounts.as_slice() {
        [one, other] if texts.len() == 2 && *one > 0 && *other > 0 => Ok([*one, *other]),
        _ => Err(Error::invalid("Two positive amounts are needed, in cents.")
            .code("payment_method_microdeposit_verification_amounts_invalid")
            .param("amounts")),
    }
}
