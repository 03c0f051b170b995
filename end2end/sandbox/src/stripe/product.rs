//! Products (docs.stripe.com/api/products): what is sold.

use super::call::Call;
use super::error::{Error, Result};
use super::list::Page;
use super::params::{Change, Metadata, Params};
use super::price;
use super::table::Row;
use crate::stripe::json::{Value, json};
use serde::{Deserialize, Serialize};

const MOST_IMAGES: usize = 8;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Product {
    pub id: String,
    pub created: i64,
    pub updated: i64,
    pub deleted: bool,
    pub active: bool,
    pub default_price: Option<String>,
    pub description: Option<String>,
    pub images: Vec<String>,
    pub marketing_features: Vec<String>,
    pub metadata: Metadata,
    pub name: String,
    pub package_dimensions: Option<Value>,
    pub shippable: Option<bool>,
    pub statement_descriptor: Option<String>,
    pub tax_code: Option<String>,
    pub unit_label: Option<String>,
    pub url: Option<String>,
}

impl Row for Product {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl Product {
    pub(crate) fn json(&self) -> Value {
        if self.deleted {
            return json!({ "id": self.id, "object": "product", "deleted": true });
        }
        let features = self.marketing_features.iter();
        json!({
            "id": self.id,
            "object": "product",
            "active": self.active,
            "created": self.created,
            "default_price": self.default_price,
            "description": self.description,
            "images": self.images,
            "livemode": false,
            "marketing_features": features.map(|name| json!({ "name": name })).collect::<Vec<_>>(),
            "metadata": self.metadata,
            "name": self.name,
            "package_dimensions": self.package_dimensions,
            "shippable": self.shippable,
            "statement_descriptor": self.statement_descriptor,
            "tax_code": self.tax_code,
            "tax_details": null,
            "type": "service",
            "unit_label": self.unit_label,
            "updated": self.updated,
            "url": self.url,
        })
    }
}

impl Call<'_> {
    pub(crate) fn create_product(&mut self, mut params: Params) -> Result<Value> {
        let default_price = params.map("default_price_data")?;
        let mut product = self.read_product(params)?;
        let price = match default_price {
            None => None,
            Some(data) => Some(self.read_price(data, Some(product.id.clone()))?),
        };
        product.default_price = price.as_ref().map(|price| price.id.clone());
        let json = self.keep_product(product);
        if let Some(price) = price {
            self.keep_price(price);
        }
        Ok(json)
    }

    /// A new one, which is not kept yet.
    pub(crate) fn read_product(&mut self, mut params: Params) -> Result<Product> {
        let id = match params.text("id")? {
            Some(id) if self.world.products.get(&id).is_some() => {
                return Err(Error::invalid(format!("Product already exists: {id}."))
                    .code("resource_already_exists")
                    .param("id"));
            }
            Some(id) => id,
            None => format!("prod_{}", self.world.random.letters(14)),
        };
        params.one_of("type", &["good", "service"])?;
        if !params.has("name") {
            return Err(params.missing("name"));
        }
        let mut product = Product {
            id,
            created: self.now,
            updated: self.now,
            active: true,
            ..Product::default()
        };
        read(&mut product, params)?;
        Ok(product)
    }

    pub(crate) fn keep_product(&mut self, product: Product) -> Value {
        let json = product.json();
        self.world.products.put(product);
        self.emit("product.created", json.clone(), None);
        json
    }

    pub(crate) fn update_product(&mut self, id: &str, mut params: Params) -> Result<Value> {
        let mut product = self.product(id)?.clone();
        let before = product.json();
        if let Some(price) = params.text("default_price")? {
            price::check(self.world, &price, id)?;
            product.default_price = Some(price);
        }
        read(&mut product, params)?;
        product.updated = self.now;
        let after = product.json();
        self.world.products.put(product);
        self.emit_updated("product.updated", &before, after.clone());
        Ok(after)
    }

    /// Only a product that never had a price can go.
    pub(crate) fn delete_product(&mut self, id: &str) -> Result<Value> {
        let mut product = self.product(id)?.clone();
        if self.world.prices.of(id).len() > 0 {
            return Err(Error::invalid(
                "This product cannot be deleted because it has one or more user-created prices. Archive it instead.",
            ));
        }
        let json = product.json();
        product.deleted = true;
        let deleted = product.json();
        self.world.products.put(product);
        self.emit("product.deleted", json, None);
        Ok(deleted)
    }

    fn product(&self, id: &str) -> Result<&Product> {
        let product = self.world.products.get(id);
        product
            .filter(|product| !product.deleted)
            .ok_or_else(|| Error::missing("product", id))
    }

    pub(crate) fn check_product(&self, id: &str, param: &str) -> Result<()> {
        match self.product(id) {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::missing_param("product", id, param)),
        }
    }

    pub(crate) fn list_products(&self, mut params: Params) -> Result<Value> {
        for cursor in ["starting_after", "ending_before"] {
            params.only_one_of(&["ids", cursor])?;
        }
        let page = Page::read(&mut params)?;
        let active = params.boolean("active")?;
        let shippable = params.boolean("shippable")?;
        let ids = params.list("ids")?;
        let url = params.text("url")?;
        page.of(
            &self.world.products.all(),
            "/v1/products",
            |product| {
                !product.deleted
                    && active.is_none_or(|active| product.active == active)
                    && shippable.is_none_or(|it| product.shippable == Some(it))
                    && ids.as_ref().is_none_or(|ids| ids.contains(&product.id))
                    && (url.is_none() || product.url == url)
            },
            Product::json,
        )
    }
}

/// The fields that creating and updating share.
fn read(product: &mut Product, mut params: Params) -> Result<()> {
    if let Some(name) = params.text("name")? {
        product.name = name;
    }
    if let Some(active) = params.boolean("active")? {
        product.active = active;
    }
    if let Some(shippable) = params.boolean("shippable")? {
        product.shippable = Some(shippable);
    }
    for (name, field) in [
        ("description", &mut product.description),
        ("statement_descriptor", &mut product.statement_descriptor),
        ("tax_code", &mut product.tax_code),
        ("unit_label", &mut product.unit_label),
        ("url", &mut product.url),
    ] {
        params.change(name)?.apply(field);
    }
    match params.change_list("images")? {
        Change::Keep => {}
        Change::Unset => product.images.clear(),
        Change::Set(images) if images.len() > MOST_IMAGES => {
            return Err(
                Error::invalid(format!("A product has up to {MOST_IMAGES} images."))
                    .param("images"),
            );
        }
        Change::Set(images) => product.images = images,
    }
    match params.change_map("marketing_features")? {
        Change::Keep => {}
        Change::Unset => product.marketing_features.clear(),
        Change::Set(mut features) => {
            product.marketing_features = features
                .items()?
                .into_iter()
                .map(|mut feature| {
                    let name = feature.required_text("name")?;
                    Ok(name)
                })
                .collect::<Result<_>>()?;
        }
    }
    let dimensions = params.change_map("package_dimensions")?;
    dimensions
        .map(read_dimensions)?
        .apply(&mut product.package_dimensions);
    product.metadata = params.metadata(&product.metadata)?;
    Ok(())
}

/// Inches and ounces.
fn read_dimensions(mut params: Params) -> Result<Value> {
    let mut dimensions = json!({});
    for name in ["height", "length", "weight", "width"] {
        let text = params.required_text(name)?;
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        let Some(number) = number.filter(|number| *number > 0.0) else {
            return Err(Error::invalid(format!("Invalid decimal: {text}")).param(params.name(name)));
        };
        dimensions[name] = json!(number);
    }
    Ok(dimensions)
}
