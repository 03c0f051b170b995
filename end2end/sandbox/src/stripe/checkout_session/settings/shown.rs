//! The settings that a session shows again as they were given, with Stripe's defaults for the rest.

use crate::stripe::checkout_session::{Mode, UiMode};
use crate::stripe::error::Result;
use crate::stripe::json::{Value, json};
use crate::stripe::params::Params;

/// The fields of a session, read from a copy of the request: what decides something is read once more elsewhere.
pub(super) fn read(params: &Params, mode: Mode, ui_mode: UiMode) -> Result<Value> {
    let mut params = params.clone();
    let payment = mode == Mode::Payment;
    let mut shown = json!({
        "adaptive_pricing": switch(&mut params, "adaptive_pricing")?,
        "allow_promotion_codes": params.boolean("allow_promotion_codes")?,
        "billing_address_collection": params.text("billing_address_collection")?,
        "client_reference_id": params.text("client_reference_id")?,
        "consent_collection": consent_collection(&mut params)?,
        "custom_text": custom_text(&mut params)?,
        "integration_identifier": params.text("integration_identifier")?,
        "locale": params.text("locale")?,
        "managed_payments": switch(&mut params, "managed_payments")?,
        "optional_items": optional_items(&mut params)?,
        "origin_context": params.text("origin_context")?,
        "payment_method_collection": params.text("payment_method_collection")?.unwrap_or_else(|| {
            if payment { "if_required" } else { "always" }.to_owned()
        }),
        "permissions": permissions(&mut params)?,
        "phone_number_collection": switch(&mut params, "phone_number_collection")?
            .unwrap_or_else(|| json!({ "enabled": false })),
        "submit_type": params.text("submit_type")?,
        "wallet_options": wallet_options(&mut params)?,
    });
    if let Some(branding) = branding_settings(&mut params)? {
        shown["branding_settings"] = branding;
    }
    if let Some(names) = name_collection(&mut params)? {
        shown["name_collection"] = names;
    }
    if let Some(mut collection) = params.map("tax_id_collection")? {
        shown["tax_id_collection"] = json!({
            "enabled": collection.boolean("enabled")?.unwrap_or(false),
            "required": collection.text("required")?.as_deref().unwrap_or("never"),
        });
    }
    if ui_mode == UiMode::EmbeddedPage {
        let redirect = params.text("redirect_on_completion")?;
        shown["redirect_on_completion"] = json!(redirect.as_deref().unwrap_or("always"));
    }
    if payment {
        shown["invoice_creation"] = invoice_creation(&mut params)?;
    }
    shown["saved_payment_method_options"] = saved_methods(&mut params)?;
    Ok(shown)
}

fn switch(params: &mut Params, field: &str) -> Result<Option<Value>> {
    let Some(mut inner) = params.map(field)? else {
        return Ok(None);
    };
    let enabled = inner.boolean("enabled")?.unwrap_or(false);
    Ok(Some(json!({ "enabled": enabled })))
}

fn consent_collection(params: &mut Params) -> Result<Option<Value>> {
    let Some(mut consent) = params.map("consent_collection")? else {
        return Ok(None);
    };
    let reuse = consent.map("payment_method_reuse_agreement")?;
    let reuse = reuse.map(|mut reuse| reuse.text("position")).transpose()?;
    Ok(Some(json!({
        "payment_method_reuse_agreement": reuse.map(|position| json!({ "position": position })),
        "promotions": consent.text("promotions")?,
        "terms_of_service": consent.text("terms_of_service")?,
    })))
}

fn custom_text(params: &mut Params) -> Result<Value> {
    let mut given = params.map("custom_text")?.unwrap_or_default();
    let mut shown = json!({});
    for field in [
        "after_submit",
        "shipping_address",
        "submit",
        "terms_of_service_acceptance",
    ] {
        let text = given.change_map(field)?;
        let mut message = None;
        text.map(|mut text| text.required_text("message"))?
            .apply(&mut message);
        shown[field] = json!(message.map(|message| json!({ "message": message })));
    }
    Ok(shown)
}

fn optional_items(params: &mut Params) -> Result<Option<Value>> {
    let Some(mut items) = params.map("optional_items")? else {
        return Ok(None);
    };
    let items = items.items()?.into_iter().map(|mut item| {
        let adjustable = item.map("adjustable_quantity")?;
        let adjustable = match adjustable {
            None => None,
            Some(mut it) => Some(json!({
                "enabled": it.boolean("enabled")?.unwrap_or(false),
                "maximum": it.integer("maximum")?,
                "minimum": it.integer("minimum")?,
            })),
        };
        Ok(json!({
            "adjustable_quantity": adjustable,
            "price": item.required_text("price")?,
            "quantity": item.integer("quantity")?,
        }))
    });
    Ok(Some(json!(items.collect::<Result<Vec<Value>>>()?)))
}

fn permissions(params: &mut Params) -> Result<Option<Value>> {
    let Some(mut given) = params.map("permissions")? else {
        return Ok(None);
    };
    let update = given.text("update_shipping_details")?;
    Ok(Some(json!({ "update_shipping_details": update })))
}

fn wallet_options(params: &mut Params) -> Result<Option<Value>> {
    let Some(mut given) = params.map("wallet_options")? else {
        return Ok(None);
    };
    let mut shown = json!({});
    if let Some(mut link) = given.map("link")? {
        shown["link"] = json!({});
        if let Some(display) = link.text("display")? {
            shown["link"]["display"] = json!(display);
        }
    }
    Ok(Some(shown))
}

fn branding_settings(params: &mut Params) -> Result<Option<Value>> {
    let Some(mut given) = params.map("branding_settings")? else {
        return Ok(None);
    };
    let mut shown = json!({});
    for (field, usual) in [
        ("background_color", "#ffffff"),
        ("border_style", "rounded"),
        ("button_color", "#0074d4"),
        ("display_name", "stripe-sandbox"),
        ("font_family", "default"),
    ] {
        let mut text = None;
        given.change(field)?.apply(&mut text);
        shown[field] = json!(text.unwrap_or_else(|| usual.to_owned()));
    }
    for field in ["icon", "logo"] {
        let mut image = None;
        if let Some(mut inner) = given.map(field)? {
            let mut json = json!({ "type": inner.required_text("type")? });
            for place in ["file", "url"] {
                if let Some(text) = inner.text(place)? {
                    json[place] = json!(text);
                }
            }
            image = Some(json);
        }
        shown[field] = json!(image);
    }
    Ok(Some(shown))
}

fn name_collection(params: &mut Params) -> Result<Option<Value>> {
    let Some(mut given) = params.map("name_collection")? else {
        return Ok(None);
    };
    let mut shown = json!({});
    for field in ["business", "individual"] {
        if let Some(mut inner) = given.map(field)? {
            shown[field] = json!({
                "enabled": inner.boolean("enabled")?.unwrap_or(false),
                "optional": inner.boolean("optional")?.unwrap_or(false),
            });
        }
    }
    Ok(Some(shown))
}

fn invoice_creation(params: &mut Params) -> Result<Value> {
    let mut given = params.map("invoice_creation")?.unwrap_or_default();
    let enabled = given.boolean("enabled")?.unwrap_or(false);
    let mut data = given.map("invoice_data")?.unwrap_or_default();
    Ok(json!({
        "enabled": enabled,
        "invoice_data": {
            "account_tax_ids": null,
            "custom_fields": null,
            "description": data.text("description")?,
            "footer": data.text("footer")?,
            "issuer": null,
            "metadata": data.metadata(&crate::stripe::params::Metadata::new())?,
            "rendering_options": null,
        },
    }))
}

fn saved_methods(params: &mut Params) -> Result<Value> {
    let given = params.map("saved_payment_method_options")?;
    if given.is_none() && !params.has("customer") {
        return Ok(Value::Null);
    }
    let mut given = given.unwrap_or_default();
    let filters = given.list("allow_redisplay_filters")?;
    Ok(json!({
        "allow_redisplay_filters": filters.unwrap_or_else(|| vec!["always".to_owned()]),
        "payment_method_remove": given.text("payment_method_remove")?.as_deref().unwrap_or("disabled"),
        "payment_method_save": given.text("payment_method_save")?,
    }))
}
