//! A saved card's security code, asked for again (docs.stripe.com/payments/accept-a-payment-synchronously, "recollect
//! CVC"): one token per confirmation, used up by it.

use super::PaymentIntent;
use crate::stripe::call::Call;
use crate::stripe::error::{Error, Result};
use crate::stripe::payment_method::Method;
use crate::stripe::token;

impl Call<'_> {
    /// Whether the intent's token, if it has one, can be used, and whether it needs one for this method.
    pub(super) fn check_recollection(
        &self,
        intent: &PaymentIntent,
        method: &Method,
        off_session: bool,
    ) -> Result<()> {
        if let Some(id) = &intent.card_options.cvc_token {
            return token::check_cvc(self.world, id);
        }
        let saved = self.saved_id(method);
        let saved = saved.and_then(|id| self.world.payment_methods.get(id));
        let is_saved_card =
            saved.is_some_and(|saved| saved.customer.is_some() && saved.data.card().is_some());
        if intent.card_options.require_cvc_recollection && is_saved_card && !off_session {
            return Err(Error::invalid(
                "This PaymentIntent requires the security code of a saved card to be collected again \
                 (`require_cvc_recollection`): give a CVC token.",
            )
            .code("parameter_missing")
            .param("payment_method_options[card][cvc_token]"));
        }
        Ok(())
    }
}
