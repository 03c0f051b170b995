//! What an intent asks of its payer (docs.stripe.com/api/payment_intents/object, `next_action`): to agree on another
//! site, to scan a code, to pay a voucher; and what the payer of Stripe's test mode then does, by the e-mail given.

use super::call::Call;
use super::hosts;
use super::local_method::{Ask, Local, Voucher};
use super::three_d_secure::{Answer, Authentication, AuthenticationState};
use super::timer::Timer;
use crate::stripe::json::{Object, Value, json};
use std::collections::BTreeMap;

const DAY_S: i64 = 24 * 60 * 60;
/// The payer of a test pays, or lets a voucher expire, after this time unless the e-mail says otherwise.
const PAYER_TAKES_S: i64 = 3 * 60;
const AT_ONCE_S: i64 = 1;
/// How long a QR code is shown for an app.
const APP_CODE_S: i64 = 10 * 60;
/// Late money for a Multibanco voucher is waited for this long.
pub(crate) const LATE_MONEY_S: i64 = 4 * DAY_S;

/// The payment a payer is asked for.
pub(crate) struct Asked<'a> {
    /// `pi_…` or `seti_…`
    pub intent: &'a str,
    pub local: &'a Local,
    /// The method's `payment_method_options`.
    pub options: &'a BTreeMap<String, Value>,
    pub email: Option<&'a str>,
    pub return_url: Option<String>,
}

/// What the payers of vouchers and of Pix do in test mode: docs.stripe.com/payments/oxxo/accept-a-payment#test-integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Payer {
    Pays {
        after_s: i64,
    },
    LetsExpire {
        after_s: i64,
    },
    /// Never pays: it expires when it would.
    Never,
}

impl Payer {
    fn of(asked: &Asked<'_>) -> Payer {
        const BY_EMAIL: &[(&str, Payer)] = &[
            ("succeed_immediately", Payer::Pays { after_s: AT_ONCE_S }),
            ("expire_immediately", Payer::LetsExpire { after_s: 0 }),
            (
                "expire_with_delay",
                Payer::LetsExpire {
                    after_s: PAYER_TAKES_S,
                },
            ),
            ("fill_never", Payer::Never),
        ];
        const USUAL: Payer = Payer::Pays {
            after_s: PAYER_TAKES_S,
        };
        // Konbini's confirmation numbers go before the e-mail.
        match asked
            .options
            .get("confirmation_number")
            .and_then(Value::as_str)
        {
            Some("11111111110") => return USUAL,
            Some("22222222220") => return BY_EMAIL[0].1,
            Some("33333333330") => return BY_EMAIL[1].1,
            Some("44444444440") => return BY_EMAIL[2].1,
            Some("55555555550") => return BY_EMAIL[3].1,
            _ => {}
        }
        let name = asked.email.and_then(|email| email.split_once('@'));
        let name = name.map_or("", |(name, _)| name);
        let known = BY_EMAIL.iter().find(|(end, _)| name.ends_with(end));
        known.map_or(USUAL, |(_, payer)| *payer)
    }
}

impl Call<'_> {
    /// Asks the payer. The id of the attempt, which carries the `next_action`.
    pub(crate) fn ask_payer(&mut self, asked: Asked<'_>) -> String {
        let id = self.world.random.id("payatt_3");
        let page = format!(
            "{}/test_payment/{}/{id}",
            hosts::page_origin(self.origin, hosts::HOOKS),
            asked.local.method.name()
        );
        let next_action = match asked.local.method.ask() {
            Ask::Redirect => redirect(&page, asked.return_url.as_deref()),
            Ask::AlipayRedirect => json!({
                "type": "alipay_handle_redirect",
                "alipay_handle_redirect": {
                    "native_data": null, "native_url": null, "return_url": asked.return_url, "url": page,
                },
            }),
            Ask::RedirectOrQr => self.redirect_or_code(&asked, &page, &id),
            Ask::WechatPay => wechat_pay(asked.options, &page),
            Ask::Qr(valid_s) => self.code(&asked, &page, &id, valid_s),
            Ask::Voucher(voucher) => self.voucher(&asked, voucher, &page, &id),
        };
        self.world.authentications.put(Authentication {
            id: id.clone(),
            intent: asked.intent.to_owned(),
            state: AuthenticationState::Pending,
            next_action,
            return_url: asked.return_url,
        });
        id
    }

    fn answer_later(&mut self, after_s: i64, attempt: &str, answer: Answer) {
        let attempt = attempt.to_owned();
        self.set_timer(after_s, Timer::PayerAnswers { attempt, answer });
    }

    fn redirect_or_code(&mut self, asked: &Asked<'_>, page: &str, id: &str) -> Value {
        let name = asked.local.method.name();
        self.answer_later(APP_CODE_S, id, Answer::Expire);
        let mut code = json!({ "expires_at": self.now + APP_CODE_S });
        images(&mut code, page);
        let mut details = json!({ "hosted_instructions_url": page });
        if name == "swish" {
            code["data"] = json!(page);
        }
        if name != "upi" {
            details["mobile_auth_url"] = json!(page);
        }
        details["qr_code"] = code;
        action(
            &format!("{name}_handle_redirect_or_display_qr_code"),
            details,
        )
    }

    fn code(&mut self, asked: &Asked<'_>, page: &str, id: &str, valid_s: Option<i64>) -> Value {
        let mut details = json!({ "data": page, "hosted_instructions_url": page });
        images(&mut details, page);
        if let Some(valid_s) = valid_s {
            let chosen_s = asked
                .options
                .get("expires_after_seconds")
                .and_then(Value::as_i64);
            let chosen_at = asked.options.get("expires_at").and_then(Value::as_i64);
            let expires_at = chosen_at.unwrap_or(self.now + chosen_s.unwrap_or(valid_s));
            details["expires_at"] = json!(self.await_payer(asked, id, expires_at, Answer::Expire));
        }
        action(
            &format!("{}_display_qr_code", asked.local.method.name()),
            details,
        )
    }

    fn voucher(&mut self, asked: &Asked<'_>, voucher: Voucher, page: &str, id: &str) -> Value {
        let name = asked.local.method.name();
        let (expires_at, at_expiry) = match voucher {
            Voucher::Week => (self.now + 7 * DAY_S, Answer::AwaitLateMoney),
            Voucher::Days {
                default,
                utc_offset_h,
                ..
            } => {
                let chosen_at = asked.options.get("expires_at").and_then(Value::as_i64);
                let days = asked
                    .options
                    .get("expires_after_days")
                    .and_then(Value::as_i64);
                let offset_s = utc_offset_h * 60 * 60;
                let today = (self.now + offset_s).div_euclid(DAY_S);
                let last_day = today + days.unwrap_or(default);
                let end = (last_day + 1) * DAY_S - 1 - offset_s;
                (chosen_at.unwrap_or(end), Answer::Expire)
            }
        };
        let expires_at = self.await_payer(asked, id, expires_at, at_expiry);
        let mut digits = |count| self.world.random.digits(count);
        let mut details = match name {
            "boleto" => json!({
                "expires_at": expires_at, "number": digits(47), "pdf": format!("{page}/voucher.pdf"),
            }),
            "konbini" => {
                let number = asked
                    .options
                    .get("confirmation_number")
                    .and_then(Value::as_str);
                let number = number.map_or_else(|| digits(11), str::to_owned);
                let mut store =
                    |count| json!({ "confirmation_number": number, "payment_code": digits(count) });
                let (familymart, lawson) = (store(6), store(6));
                let (ministop, seicomart) = (store(6), store(6));
                json!({ "expires_at": expires_at, "stores": {
                    "familymart": familymart, "lawson": lawson, "ministop": ministop, "seicomart": seicomart,
                } })
            }
            "multibanco" => {
                json!({ "entity": digits(5), "expires_at": expires_at, "reference": digits(9) })
            }
            _ => json!({ "expires_after": expires_at, "number": digits(30) }),
        };
        details["hosted_voucher_url"] = json!(page);
        action(&format!("{name}_display_details"), details)
    }

    /// Sets the timers of the test's payer. When the voucher or code expires.
    fn await_payer(
        &mut self,
        asked: &Asked<'_>,
        id: &str,
        expires_at: i64,
        at_expiry: Answer,
    ) -> i64 {
        let (expires_at, at_expiry) = match Payer::of(asked) {
            Payer::Pays { after_s } => {
                self.answer_later(after_s, id, Answer::Complete);
                (expires_at, at_expiry)
            }
            Payer::LetsExpire { after_s } => (self.now + after_s, Answer::Expire),
            Payer::Never => (expires_at, at_expiry),
        };
        // Never within the call that made it.
        self.answer_later((expires_at - self.now).max(AT_ONCE_S), id, at_expiry);
        expires_at
    }
}

fn action(kind: &str, details: Value) -> Value {
    let mut action = Object::new();
    action.insert("type", Value::from(kind.to_owned()));
    action.insert(kind.to_owned(), details);
    Value::Object(action)
}

/// Sends the payer to a page.
pub(crate) fn redirect(url: &str, return_url: Option<&str>) -> Value {
    action(
        "redirect_to_url",
        json!({ "return_url": return_url, "url": url }),
    )
}

fn images(details: &mut Value, page: &str) {
    details["image_url_png"] = json!(format!("{page}/code.png"));
    details["image_url_svg"] = json!(format!("{page}/code.svg"));
}

fn wechat_pay(options: &BTreeMap<String, Value>, page: &str) -> Value {
    match options.get("client").and_then(Value::as_str) {
        Some("android") => action(
            "wechat_pay_redirect_to_android_app",
            json!({
                "app_id": options.get("app_id"),
                "nonce_str": "sandbox",
                "package": "Sign=WXPay",
                "partner_id": "sandbox",
                "prepay_id": "sandbox",
                "sign": "sandbox",
                "timestamp": "0",
            }),
        ),
        Some("ios") => action(
            "wechat_pay_redirect_to_ios_app",
            json!({ "native_url": page }),
        ),
        _ => {
            let mut details = json!({
                "data": page,
                "hosted_instructions_url": page,
                "image_data_url": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
            });
            images(&mut details, page);
            action("wechat_pay_display_qr_code", details)
        }
    }
}
