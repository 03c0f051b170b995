//! What a bank redirect tells of its payer: an account, saved as a SEPA debit of its own when the payment or the setup is
//! for later payments (docs.stripe.com/payments/ideal/save-during-payment).

use super::bank_account::{BankAccount, Origin};
use super::call::Call;
use super::instrument::Instrument;
use super::local_method::Reuse;
use super::mandate::{Acceptance, MandateStatus};
use super::payment_method::{Method, PaymentMethod, PaymentMethodData};

impl Call<'_> {
    /// The new payment method's id and its mandate's, where this one tells an account.
    pub(crate) fn generate_debit(
        &mut self,
        method: &PaymentMethod,
        origin: Origin,
        customer: Option<&str>,
        acceptance: Option<Acceptance>,
    ) -> Option<(String, String)> {
        let local = method.data.instrument.local()?;
        if local.method.reuse() != Reuse::SepaDebit {
            return None;
        }
        let data = PaymentMethodData {
            instrument: Instrument::SepaDebit(BankAccount::behind_a_redirect(origin)),
            ..method.data.clone()
        };
        let debit = self
            .keep_payment_method(Method::Data(Box::new(data)))
            .ok()?;
        let acceptance = acceptance.unwrap_or_else(|| Acceptance::in_the_browser(self.now));
        let mandate = self.agree(&debit, acceptance, MandateStatus::Active, None);
        if let Some(customer) = customer {
            self.attach(&debit, customer, true);
        }
        Some((debit, mandate))
    }
}
