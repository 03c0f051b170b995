//! Confirming an intent in the browser with what a group of Elements collected, and looking at intents.

use crate::calls::{calls, reply};
use crate::confirm::PaymentShipping;
use crate::confirmation_token::PaymentMethodData;
use crate::elements::{Elements, SetupFutureUsage};
use crate::intent::{PaymentIntent, SetupIntent};
use crate::options::options;
use crate::stripe::Stripe;

calls! {
    impl Stripe("stripe") {
        /// Confirms the intent of a group that was opened with its client secret, and leaves the page only for payment
        /// methods that need it. Await [`Elements::submit`] first.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_payment>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_payment = "confirmPayment" {
            "elements": elements: handle(Elements),
            "confirmParams": params: given(ConfirmPaymentParams);
            "redirect": "if_required"
        } -> PaymentIntent;

        /// The same for a group without an intent: the server makes it after [`Elements::submit`], and sends its client
        /// secret.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_payment>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_deferred_payment = "confirmPayment" {
            "elements": elements: handle(Elements),
            "clientSecret": client_secret: text,
            "confirmParams": params: given(ConfirmPaymentParams);
            "redirect": "if_required"
        } -> PaymentIntent;

        /// The same without a group: with a payment method or a ConfirmationToken among the params.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_payment>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_payment_without_elements = "confirmPayment" {
            "clientSecret": client_secret: text,
            "confirmParams": params: given(ConfirmPaymentParams);
            "redirect": "if_required"
        } -> PaymentIntent;

        /// Confirms the intent of a group and always leaves the page for `return_url`: an answer is a failure.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/confirm_payment>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_payment_and_leave = "confirmPayment" {
            "elements": elements: handle(Elements),
            "confirmParams": params: given(LeavingPaymentParams)
        } -> ();

        /// Confirms the SetupIntent of a group, and leaves the page only for payment methods that need it. Await
        /// [`Elements::submit`] first.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_setup>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_setup = "confirmSetup" {
            "elements": elements: handle(Elements),
            "confirmParams": params: given(ConfirmSetupParams);
            "redirect": "if_required"
        } -> SetupIntent;

        /// The same for a group without an intent: the server makes it after [`Elements::submit`], and sends its client
        /// secret.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_setup>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_deferred_setup = "confirmSetup" {
            "elements": elements: handle(Elements),
            "clientSecret": client_secret: text,
            "confirmParams": params: given(ConfirmSetupParams);
            "redirect": "if_required"
        } -> SetupIntent;

        /// The same without a group: with a payment method or a ConfirmationToken among the params.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_setup>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_setup_without_elements = "confirmSetup" {
            "clientSecret": client_secret: text,
            "confirmParams": params: given(ConfirmSetupParams);
            "redirect": "if_required"
        } -> SetupIntent;

        /// Confirms the SetupIntent of a group and always leaves the page for `return_url`: an answer is a failure.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/confirm_setup>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn confirm_setup_and_leave = "confirmSetup" {
            "elements": elements: handle(Elements),
            "confirmParams": params: given(LeavingSetupParams)
        } -> ();

        /// Looks up a PaymentIntent.
        ///
        /// See <https://docs.stripe.com/js/payment_intents/retrieve_payment_intent>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn retrieve_payment_intent = "retrievePaymentIntent"(client_secret: text) -> PaymentIntent;

        /// Looks up a SetupIntent.
        ///
        /// See <https://docs.stripe.com/js/setup_intents/retrieve_setup_intent>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn retrieve_setup_intent = "retrieveSetupIntent"(client_secret: text) -> SetupIntent;
    }
}

reply! {
    PaymentIntent = "paymentIntent";
    SetupIntent = "setupIntent";
}

options! {
    /// What a confirmation adds to what Elements collected; what is given here wins.
    pub struct ConfirmPaymentParams {
        /// Where a redirect comes back to: an absolute address. Needed unless no payment method can redirect.
        return_url: String,
        /// More about the payment method.
        payment_method_data: PaymentMethodData,
        /// A ConfirmationToken, `ctoken_…`.
        confirmation_token: String,
        /// A payment method that exists, `pm_…`.
        payment_method: String,
        /// Where the receipt goes.
        receipt_email: String,
        /// Whether the payment method is kept for the intent's customer.
        save_payment_method: bool,
        /// Whether the payment method will be used again.
        setup_future_usage: SetupFutureUsage,
        /// Where the goods go.
        shipping: PaymentShipping,
        /// What of the answer is told in full, such as `payment_method`.
        expand: Vec<String>,
    }
}

options! {
    /// What a confirmation that always leaves the page is told.
    pub struct LeavingPaymentParams {
        required {
            /// Where it leads: an absolute address.
            return_url: String,
        }
        /// More about the payment method.
        payment_method_data: PaymentMethodData,
        /// A payment method that exists, `pm_…`.
        payment_method: String,
        /// Where the receipt goes.
        receipt_email: String,
        /// Where the goods go.
        shipping: PaymentShipping,
    }
}

options! {
    /// What a confirmation adds to what Elements collected; what is given here wins.
    pub struct ConfirmSetupParams {
        /// Where a redirect comes back to: an absolute address. Needed unless no payment method can redirect.
        return_url: String,
        /// More about the payment method.
        payment_method_data: PaymentMethodData,
        /// A ConfirmationToken, `ctoken_…`.
        confirmation_token: String,
        /// A payment method that exists, `pm_…`.
        payment_method: String,
        /// What of the answer is told in full, such as `payment_method`.
        expand: Vec<String>,
    }
}

options! {
    /// What a confirmation that always leaves the page is told.
    pub struct LeavingSetupParams {
        required {
            /// Where it leads: an absolute address.
            return_url: String,
        }
        /// More about the payment method.
        payment_method_data: PaymentMethodData,
        /// A payment method that exists, `pm_…`.
        payment_method: String,
    }
}
