//! PaymentIntents that invoices open, confirm and cancel by themselves: the same machine, without a request.

use super::confirm::Manner;
use super::{
    CaptureMethod, CardOptions, ConfirmationMethod, FutureUsage, OptionsByMethod, PaymentIntent,
    Request3ds, Status,
};
use crate::stripe::accepted_methods::{AcceptedMethods, AllowRedirects};
use crate::stripe::call::Call;
use crate::stripe::error::Result;
use crate::stripe::params::Metadata;
use crate::stripe::payment_method::Method;

/// What an invoice asks for.
pub(crate) struct Bill {
    pub amount: i64,
    pub currency: String,
    pub customer: String,
    pub description: String,
    /// Later invoices are to be paid without the customer.
    pub save_method: bool,
    pub payment_method: Option<String>,
    pub payment_method_types: Option<Vec<String>>,
    pub request_three_d_secure: Request3ds,
    pub statement_descriptor: Option<String>,
}

impl Call<'_> {
    /// A new intent, which waits to be confirmed.
    pub(crate) fn open_bill(&mut self, bill: Bill) -> String {
        let id = self.world.random.id("pi_3");
        let mut intent = PaymentIntent {
            client_secret: format!("{id}_secret_{}", self.world.random.letters(25)),
            id: id.clone(),
            created: self.now,
            status: Status::RequiresPaymentMethod,
            amount: bill.amount,
            currency: bill.currency,
            amount_capturable: 0,
            amount_received: 0,
            capture_method: CaptureMethod::Automatic,
            card_options: CardOptions {
                request_three_d_secure: bill.request_three_d_secure,
                ..CardOptions::default()
            },
            method_options: OptionsByMethod::new(),
            methods: AcceptedMethods {
                automatic_payment_methods: bill.payment_method_types.is_none(),
                allow_redirects: AllowRedirects::Always,
                allowed_payment_method_types: bill.payment_method_types,
                excluded_payment_method_types: None,
            },
            canceled_at: None,
            cancellation_reason: None,
            confirmation_method: ConfirmationMethod::Automatic,
            customer: Some(bill.customer),
            description: Some(bill.description),
            last_payment_error: None,
            latest_charge: None,
            metadata: Metadata::new(),
            authentication: None,
            payment_method: None,
            receipt_email: None,
            setup_future_usage: bill.save_method.then_some(FutureUsage::OffSession),
            shipping: None,
            statement_descriptor: bill.statement_descriptor,
            statement_descriptor_suffix: None,
            transfer_group: None,
            confirmations: 0,
            increments: 0,
            acceptance: None,
            mandate: None,
            order: None,
            radar_session: None,
        };
        let method = bill.payment_method.filter(|method| {
            self.check_method(&intent, &Method::Saved(method.clone()))
                .is_ok()
        });
        if let Some(method) = method {
            intent.payment_method = Some(method);
            intent.status = Status::RequiresConfirmation;
        }
        let json = intent.json(self.world);
        self.world.payment_intents.put(intent);
        self.emit("payment_intent.created", json, None);
        id
    }

    /// Confirms an open intent with a saved method. Where the bank wants the customer back, it waits for them in
    /// `requires_action`, also off-session.
    pub(crate) fn pay_bill(&mut self, id: &str, method: &str, off_session: bool) -> Result<()> {
        let mut intent = super::find(self.world, id)?.clone();
        let given = Method::Saved(method.to_owned());
        self.check_method(&intent, &given)?;
        intent.payment_method = Some(self.keep_payment_method(given)?);
        intent.last_payment_error = None;
        intent.authentication = None;
        let manner = Manner {
            off_session,
            waits_for_customer: true,
            error_on_requires_action: false,
            request_three_d_secure: intent.card_options.request_three_d_secure,
            use_stripe_sdk: true,
            return_url: None,
        };
        self.attempt(intent, &manner)
    }

    /// Nothing is owed any more.
    pub(crate) fn cancel_bill(&mut self, id: &str, reason: &'static str) {
        let intent = self.world.payment_intents.get(id).filter(|intent| {
            !matches!(
                intent.status,
                Status::Succeeded | Status::Canceled | Status::Processing
            )
        });
        if let Some(intent) = intent.cloned() {
            self.cancel_intent(intent, Some(reason));
        }
    }
}
