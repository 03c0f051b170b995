//! What a session's page shows, as plain data.

mod fields;

use super::Remarks;
use crate::stripe::checkout_session::totals::Totals;
use crate::stripe::checkout_session::{CheckoutSession, Mode, Status};
use crate::stripe::local_method::LocalMethod;
use crate::stripe::money;
use crate::stripe::price::Price;
use crate::stripe::world::World;

/// Methods that ask for nothing but leave the page.
const REDIRECTS: &[&str] = &[
    "amazon_pay",
    "bancontact",
    "eps",
    "ideal",
    "klarna",
    "p24",
    "paypal",
    "revolut_pay",
];

pub(crate) enum View {
    Open(Box<OpenPage>),
    /// Nothing can be done here any more.
    Closed {
        title: &'static str,
        words: &'static str,
        link: Option<(String, &'static str)>,
    },
}

pub(crate) struct OpenPage {
    pub id: String,
    pub merchant: String,
    pub title: &'static str,
    pub lines: Vec<Line>,
    /// Name and amount.
    pub sums: Vec<(String, String)>,
    pub total: Option<String>,
    /// In minor units, to notice when it changes.
    pub total_minor: i64,
    pub problem: Option<String>,
    /// Heading and fields.
    pub sections: Vec<(&'static str, Vec<Field>)>,
    pub methods: Vec<Method>,
    pub texts: Vec<String>,
    pub button: String,
    /// Whether something on it changes the total.
    pub updates: bool,
    pub cancel_url: Option<String>,
}

pub(crate) struct Line {
    pub name: String,
    pub detail: String,
    pub amount: String,
    pub quantity: Option<Field>,
}

pub(crate) struct Method {
    pub name: &'static str,
    pub label: &'static str,
    pub chosen: bool,
    pub fields: Vec<Field>,
    pub words: Option<&'static str>,
}

pub(crate) struct Field {
    pub name: String,
    pub label: String,
    pub input: Input,
    pub autocomplete: &'static str,
    pub value: String,
    pub required: bool,
    pub problem: Option<String>,
}

pub(crate) enum Input {
    Text,
    Email,
    Tel,
    /// Digits.
    Number,
    /// From, to.
    Quantity(i64, i64),
    Checkbox,
    /// Value and label.
    Choice(Vec<(String, String)>),
}

impl View {
    pub(in crate::stripe) fn unknown() -> View {
        View::Closed {
            title: "No such page",
            words: "This Checkout Session is not known here. The sandbox may have been started anew since.",
            link: None,
        }
    }
}

impl CheckoutSession {
    pub(super) fn view(&self, world: &World, remarks: &Remarks) -> View {
        match self.status {
            Status::Open => View::Open(Box::new(self.open_page(world, remarks))),
            Status::Complete => View::Closed {
                title: "All done",
                words: "This Checkout Session is complete.",
                link: self.way_out().map(|url| (url, "Go on to the shop")),
            },
            Status::Expired => {
                let recovery = self.recovery.as_ref();
                let recovery = recovery.map(|link| format!("{}/r/{link}", self.origin));
                let link = match (recovery, &self.cancel_url) {
                    (Some(url), _) => Some((url, "Take it up again")),
                    (None, Some(url)) => Some((url.clone(), "Back to the shop")),
                    (None, None) => None,
                };
                View::Closed {
                    title: "This page has expired",
                    words: "The Checkout Session has expired, and nothing was charged.",
                    link,
                }
            }
        }
    }

    fn open_page(&self, world: &World, remarks: &Remarks) -> OpenPage {
        let totals = self.totals(world);
        let sells = self.mode != Mode::Setup;
        let total = sells.then(|| money::printed(totals.total(), self.currency()));
        let branding = &self.settings.shown["branding_settings"]["display_name"];
        OpenPage {
            id: self.id.clone(),
            merchant: branding.as_str().unwrap_or("Test shop").to_owned(),
            title: match self.mode {
                Mode::Payment => "Pay",
                Mode::Setup => "Save a payment method",
                Mode::Subscription => "Subscribe",
            },
            lines: self.lines(world, &totals, remarks),
            sums: self.sums(&totals),
            button: self.button(total.as_deref(), totals.total()),
            total,
            total_minor: totals.total(),
            problem: remarks.problem.clone(),
            sections: self.sections(world, remarks),
            methods: self.methods(&totals, remarks),
            texts: self.texts(),
            updates: self.changes_total(),
            cancel_url: self.cancel_url.clone(),
        }
    }

    fn lines(&self, world: &World, totals: &Totals, remarks: &Remarks) -> Vec<Line> {
        let lines = self.line_items.iter().zip(&totals.lines);
        lines
            .map(|(item, amounts)| {
                let price = world.prices.get(&item.price);
                let product = price.and_then(|price| world.products.get(&price.product));
                let every = price.and_then(every);
                let quantity = item.quantity.unwrap_or(1);
                let detail = match (&item.adjustable, every) {
                    (None, None) => format!("Quantity {quantity}"),
                    (None, Some(every)) => format!("Quantity {quantity}, {every}"),
                    (Some(_), every) => every.unwrap_or_default(),
                };
                Line {
                    name: product.map_or(item.price.clone(), |product| product.name.clone()),
                    detail,
                    amount: money::printed(amounts.subtotal, self.currency()),
                    quantity: item.adjustable.map(|bounds| Field {
                        input: Input::Quantity(bounds.minimum, bounds.maximum),
                        value: quantity.to_string(),
                        ..fields::text(format!("quantity_{}", item.id), "Quantity", remarks)
                    }),
                }
            })
            .collect()
    }

    fn sums(&self, totals: &Totals) -> Vec<(String, String)> {
        let amount = |amount: i64| money::printed(amount, self.currency());
        let mut sums = vec![("Subtotal".to_owned(), amount(totals.subtotal()))];
        if totals.discount() > 0 {
            sums.push((
                "Discount".to_owned(),
                format!("−{}", amount(totals.discount())),
            ));
        }
        if let Some(shipping) = &totals.shipping {
            sums.push(("Shipping".to_owned(), amount(shipping.subtotal)));
        }
        if self.automatic_tax {
            let tax = match totals.place {
                Some(_) => amount(totals.tax()),
                None => "by your address".to_owned(),
            };
            sums.push(("Tax".to_owned(), tax));
        }
        // One line that says what the total says is no sum.
        if sums.len() == 1 || self.mode == Mode::Setup {
            sums.clear();
        }
        sums
    }

    fn methods(&self, totals: &Totals, remarks: &Remarks) -> Vec<Method> {
        if totals.total() == 0 && !self.always_asks_for_method() {
            return Vec::new();
        }
        let mut methods: Vec<Method> = self
            .payment_method_types(totals.total())
            .into_iter()
            .filter_map(|name| {
                let (label, fields, words) = match name {
                    "card" => ("Card", fields::card(self, remarks), None),
                    "sepa_debit" => ("SEPA Direct Debit", fields::iban(remarks), None),
                    "us_bank_account" => ("US bank account", fields::account(remarks), None),
                    other if self.mode != Mode::Payment || !REDIRECTS.contains(&other) => {
                        return None;
                    }
                    other => {
                        let label = LocalMethod::named(other)?.label();
                        let words = "You go on to a test page, where you choose how it ends.";
                        (label, Vec::new(), Some(words))
                    }
                };
                Some(Method {
                    name,
                    label,
                    chosen: remarks.method.as_deref() == Some(name),
                    fields,
                    words,
                })
            })
            .collect();
        if !methods.iter().any(|method| method.chosen)
            && let Some(first) = methods.first_mut()
        {
            first.chosen = true;
        }
        methods
    }

    fn texts(&self) -> Vec<String> {
        let places = ["shipping_address", "submit", "after_submit"];
        let message = |place: &&str| {
            let text = &self.settings.shown["custom_text"][*place]["message"];
            text.as_str().map(str::to_owned)
        };
        places.iter().filter_map(message).collect()
    }

    fn button(&self, total: Option<&str>, due: i64) -> String {
        let kind = self.settings.shown["submit_type"].as_str();
        match (self.mode, kind, total) {
            (Mode::Setup, _, _) => "Save".to_owned(),
            (Mode::Subscription, _, _) => "Subscribe".to_owned(),
            (Mode::Payment, _, _) if due == 0 => "Complete order".to_owned(),
            (_, Some("book"), _) => "Book".to_owned(),
            (_, Some("donate"), Some(total)) => format!("Donate {total}"),
            (_, _, Some(total)) => format!("Pay {total}"),
            (_, _, None) => "Pay".to_owned(),
        }
    }

    /// Whether the shopper can change what is to be paid.
    fn changes_total(&self) -> bool {
        self.automatic_tax
            || self.settings.allow_promotion_codes == Some(true)
            || self.shipping_options.len() > 1
            || self.line_items.iter().any(|item| item.adjustable.is_some())
    }
}

/// `every month`, for what is paid again and again.
fn every(price: &Price) -> Option<String> {
    let recurring = price.recurring.as_ref()?;
    let interval = recurring.interval.as_str();
    Some(match recurring.interval_count {
        1 => format!("every {interval}"),
        count => format!("every {count} {interval}s"),
    })
}
