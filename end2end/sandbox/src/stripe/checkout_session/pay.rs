//! What happens when the shopper presses the button: the intent is opened, unless it is there, and confirmed by the
//! same calls that a server would make.

use super::settings::Creation;
use super::{CheckoutSession, Mode, Status};
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::form;
use crate::stripe::json::Value;
use crate::stripe::payment_intent;
use crate::stripe::payment_method::PaymentMethodData;
use crate::stripe::setup_intent;
use crate::stripe::three_d_secure::Answer;

/// Parameters as a form has them.
pub(super) type Pairs = Vec<(String, String)>;

pub(super) fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// A nested object's fields, those that are set.
pub(super) fn flatten(place: &str, value: &Value, pairs: &mut Pairs) {
    match value {
        Value::String(text) => pairs.push(pair(place, text.as_ref())),
        Value::Object(object) => {
            for (name, value) in object.iter() {
                flatten(&format!("{place}[{name}]"), value, pairs);
            }
        }
        _ => {}
    }
}

impl Call<'_> {
    /// Pays with the method that the form describes, or sets it up. What stands against it is the error.
    pub(super) fn carry_out_session(&mut self, id: &str, method: Pairs) -> Result<()> {
        let mut session = self.checkout_session(id)?.clone();
        let due = match session.mode {
            Mode::Payment | Mode::Subscription => session.totals(self.world).total(),
            Mode::Setup => 0,
        };
        if due > 0 || session.always_asks_for_method() {
            // A wrong number is told before anything is made.
            let mut given = form::nested(&method)?;
            let data = given.map("payment_method_data")?;
            let data = data.ok_or_else(|| given.missing("payment_method_data"))?;
            PaymentMethodData::read(data, self.world, self.now)?;
        }
        self.ensure_customer(&mut session)?;
        self.world.checkout_sessions.put(session.clone());
        match session.mode {
            Mode::Payment if due == 0 => {
                self.complete_session(session);
                Ok(())
            }
            Mode::Payment => self.pay_session(session, due, method),
            Mode::Setup => self.set_up_session(&session, method),
            Mode::Subscription => self.subscribe_session(session, due, method),
        }
    }

    fn pay_session(&mut self, mut session: CheckoutSession, due: i64, method: Pairs) -> Result<()> {
        let intent = match &session.payment_intent {
            Some(id) => {
                self.give_up_attempt(&id.clone());
                let amount = [pair("amount", due.to_string())];
                self.update_payment_intent(id, form::nested(&amount)?)?;
                id.clone()
            }
            None => {
                let opened =
                    self.create_payment_intent(form::nested(&intent_pairs(&session, due))?)?;
                let id = opened["id"].as_str().unwrap_or_default().to_owned();
                session.payment_intent = Some(id.clone());
                self.world.checkout_sessions.put(session.clone());
                id
            }
        };
        let confirmation = form::nested(&with_way_back(&session, method))?;
        self.confirm_payment_intent(&intent, confirmation)?;
        Ok(())
    }

    /// The SetupIntent of a session that saves a method, which is there from the start.
    pub(super) fn open_session_setup(&mut self, session: &CheckoutSession) -> Result<String> {
        let mut pairs = session.settings.data.clone();
        pairs.extend(session.customer.iter().map(|id| pair("customer", id)));
        pairs.extend(method_types(session));
        let opened = self.create_setup_intent(form::nested(&pairs)?)?;
        Ok(opened["id"].as_str().unwrap_or_default().to_owned())
    }

    pub(super) fn set_up_session(
        &mut self,
        session: &CheckoutSession,
        method: Pairs,
    ) -> Result<()> {
        let Some(intent) = session.setup_intent.clone() else {
            return Err(Error::invalid("This session has no SetupIntent."));
        };
        if let Some(customer) = &session.customer {
            let customer = [pair("customer", customer)];
            self.update_setup_intent(&intent, form::nested(&customer)?)?;
        }
        self.give_up_attempt(&intent);
        self.confirm_setup_intent(&intent, form::nested(&with_way_back(session, method))?)?;
        Ok(())
    }

    /// A shopper who is back on the page has left the bank's.
    pub(super) fn give_up_attempt(&mut self, intent: &str) {
        let payment = self.world.payment_intents.get(intent);
        let setup = self.world.setup_intents.get(intent);
        let source = match (payment, setup) {
            (Some(intent), _) if intent.status == payment_intent::Status::RequiresAction => {
                intent.authentication.clone()
            }
            (_, Some(intent)) if intent.status == setup_intent::Status::RequiresAction => {
                intent.authentication.clone()
            }
            _ => None,
        };
        if let Some(source) = source {
            self.answer_challenge(&source, Answer::Fail);
        }
    }

    /// Where the shopper has to go next, if anywhere.
    pub(super) fn next_page(&self, session: &CheckoutSession) -> Option<String> {
        if session.status == Status::Complete {
            return session.way_out();
        }
        let payment = session.payment_intent.as_ref();
        let payment = payment.and_then(|id| self.world.payment_intents.get(id));
        let setup = session.setup_intent.as_ref();
        let setup = setup.and_then(|id| self.world.setup_intents.get(id));
        let json = match (payment, setup) {
            (Some(intent), _) => intent.json(self.world),
            (None, Some(intent)) => intent.json(self.world),
            (None, None) => return None,
        };
        let url = &json["next_action"]["redirect_to_url"]["url"];
        url.as_str().map(str::to_owned)
    }

    /// Makes the customer that the session asks for.
    fn ensure_customer(&mut self, session: &mut CheckoutSession) -> Result<()> {
        let wanted = session.mode == Mode::Subscription
            || session.settings.customer_creation == Some(Creation::Always)
            || session.settings.shown["invoice_creation"]["enabled"] == true;
        if session.customer.is_some() || !wanted {
            return Ok(());
        }
        let collected = &session.collected;
        let mut pairs = Pairs::new();
        for (name, value) in [
            ("email", &collected.email),
            ("name", &collected.name),
            ("phone", &collected.phone),
            ("business_name", &collected.business_name),
            ("individual_name", &collected.individual_name),
        ] {
            pairs.extend(value.as_ref().map(|value| pair(name, value)));
        }
        for (name, value) in [
            ("address", &collected.address),
            ("shipping", &collected.shipping),
        ] {
            if let Some(value) = value {
                flatten(name, value, &mut pairs);
            }
        }
        let customer = self.create_customer(form::nested(&pairs)?)?;
        session.customer = customer["id"].as_str().map(str::to_owned);
        Ok(())
    }
}

/// The intent of a payment, before it is confirmed.
fn intent_pairs(session: &CheckoutSession, due: i64) -> Pairs {
    let mut pairs = session.settings.data.clone();
    pairs.push(pair("amount", due.to_string()));
    pairs.push(pair("currency", session.currency()));
    pairs.extend(session.customer.iter().map(|id| pair("customer", id)));
    pairs.extend(method_types(session));
    for (name, value) in &session.settings.method_options {
        // The first name is the method's: `card[request_three_d_secure]`.
        let (method, option) = name.split_once('[').unwrap_or((name, ""));
        let name = format!("payment_method_options[{method}][{option}");
        pairs.push((name, value.clone()));
    }
    let ships_already = pairs.iter().any(|(name, _)| name.starts_with("shipping["));
    if let Some(shipping) = session
        .collected
        .shipping
        .as_ref()
        .filter(|_| !ships_already)
    {
        flatten("shipping", shipping, &mut pairs);
    }
    pairs
}

fn method_types(session: &CheckoutSession) -> Pairs {
    let mut pairs = Pairs::new();
    for (name, types) in [
        (
            "allowed_payment_method_types",
            &session.settings.allowed_types,
        ),
        (
            "excluded_payment_method_types",
            &session.settings.excluded_types,
        ),
    ] {
        let types = types.iter().flatten().enumerate();
        pairs.extend(types.map(|(at, kind)| (format!("{name}[{at}]"), kind.clone())));
    }
    pairs
}

/// The bank's page, if there is one, is a page of its own. What the pairs say already counts.
pub(super) fn with_way_back(session: &CheckoutSession, mut pairs: Pairs) -> Pairs {
    let mut added = vec![
        pair("return_url", format!("{}/return", session.page())),
        pair("use_stripe_sdk", "false"),
    ];
    let is_card = pairs.contains(&pair("payment_method_data[type]", "card"));
    if !is_card {
        // Who presses the button agrees to be debited.
        let place = "mandate_data[customer_acceptance]";
        added.push((format!("{place}[type]"), "online".to_owned()));
        for (name, value) in [("ip_address", "127.0.0.1"), ("user_agent", "test page")] {
            added.push((format!("{place}[online][{name}]"), value.to_owned()));
        }
    }
    let collected = &session.collected;
    let place = "payment_method_data[billing_details]";
    let email = collected.email.as_ref().or(session.customer_email.as_ref());
    for (name, value) in [
        ("email", email),
        ("name", collected.name.as_ref()),
        ("phone", collected.phone.as_ref()),
    ] {
        added.extend(value.map(|value| (format!("{place}[{name}]"), value.clone())));
    }
    if let Some(address) = &collected.address {
        flatten(&format!("{place}[address]"), address, &mut added);
    }
    if let Some(allow) = &session.settings.allow_redisplay {
        added.push(pair("payment_method_data[allow_redisplay]", allow));
    }
    added.retain(|(name, _)| !pairs.iter().any(|(known, _)| known == name));
    pairs.extend(added);
    pairs
}
