//! A customer's `invoice_settings`: what their invoices are to look like.

use crate::stripe::error::Result;
use crate::stripe::invoice::read_custom_fields;
use crate::stripe::json::{Value, json};
use crate::stripe::params::{Change, Params};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct InvoiceSettings {
    custom_fields: Option<Value>,
    footer: Option<String>,
    rendering: Option<Rendering>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Rendering {
    amount_tax_display: Option<String>,
    template: Option<String>,
}

impl InvoiceSettings {
    pub(super) fn json(&self, default_payment_method: Option<&str>) -> Value {
        let rendering = self.rendering.as_ref().map(
            |it| json!({ "amount_tax_display": it.amount_tax_display, "template": it.template }),
        );
        json!({
            "custom_fields": self.custom_fields,
            "default_payment_method": default_payment_method,
            "footer": self.footer,
            "rendering_options": rendering,
        })
    }

    pub(super) fn read(&mut self, settings: &mut Params) -> Result<()> {
        if let Some(footer) = settings.text("footer")? {
            self.footer = Some(footer);
        }
        settings
            .change_map("custom_fields")?
            .map(read_custom_fields)?
            .apply(&mut self.custom_fields);
        match settings.change_map("rendering_options")? {
            Change::Keep => {}
            Change::Unset => self.rendering = None,
            Change::Set(given) => self.rendering.get_or_insert_default().read(given)?,
        }
        Ok(())
    }
}

impl Rendering {
    fn read(&mut self, mut given: Params) -> Result<()> {
        if given.is_text("amount_tax_display", "") {
            self.amount_tax_display = None;
        } else if let Some(display) = given.one_of(
            "amount_tax_display",
            &["exclude_tax", "include_inclusive_tax"],
        )? {
            self.amount_tax_display = Some(display);
        }
        if let Some(template) = given.text("template")? {
            self.template = Some(template);
        }
        Ok(())
    }
}
