"""Names: the Segment spec's e-commerce names are ours; older ones and Google's are translated.

Sources: Segment e-commerce spec v2 with its v1 names (2015), GA4 recommended events.
"""

ALIASES = {
    # Segment v1
    "Viewed Product": "Product Viewed",
    "Viewed Product Category": "Product List Viewed",
    "Clicked Product": "Product Clicked",
    "Searched Products": "Products Searched",
    "Added Product": "Product Added",
    "Removed Product": "Product Removed",
    "Viewed Cart": "Cart Viewed",
    "Started Checkout": "Checkout Started",
    "Viewed Checkout Step": "Checkout Step Viewed",
    "Completed Checkout Step": "Checkout Step Completed",
    "Completed Order": "Order Completed",
    "Updated Order": "Order Updated",
    "Cancelled Order": "Order Cancelled",
    "Refunded Order": "Order Refunded",
    "Entered Coupon": "Coupon Entered",
    "Applied Coupon": "Coupon Applied",
    "Removed Coupon": "Coupon Removed",
    "Viewed Promotion": "Promotion Viewed",
    "Clicked Promotion": "Promotion Clicked",
    "Added Product to Wishlist": "Product Added to Wishlist",
    # GA4
    "view_item": "Product Viewed",
    "view_item_list": "Product List Viewed",
    "select_item": "Product Clicked",
    "search": "Products Searched",
    "view_search_results": "Products Searched",
    "add_to_cart": "Product Added",
    "remove_from_cart": "Product Removed",
    "view_cart": "Cart Viewed",
    "begin_checkout": "Checkout Started",
    "add_shipping_info": "Checkout Step Completed",
    "add_payment_info": "Payment Info Entered",
    "purchase": "Order Completed",
    "refund": "Order Refunded",
    "add_to_wishlist": "Product Added to Wishlist",
    "view_promotion": "Promotion Viewed",
    "select_promotion": "Promotion Clicked",
    "page_view": "Page Viewed",
    "sign_up": "Signed Up",
    "login": "Signed In",
}
OURS = (
    "Subscription Requested",
    "Subscription Confirmed",
    "Consent Given",
    "Consent Withdrawn",
    "Unsubscribed",
)
"""Names of our own that change what may be said to somebody, however they are written."""

_BY_FOLDED = {name.casefold(): name for name in (*ALIASES.values(), *OURS)} | {
    old.casefold(): new for old, new in ALIASES.items()
}

CALLS = {
    "identify": "Identified",
    "page": "Page Viewed",
    "screen": "Screen Viewed",
    "group": "Group Joined",
    "alias": "Aliased",
}
"""What the calls that carry no name of their own are called in the history."""

FACTS = {
    "product_id": "product",
    "productId": "product",
    "item_id": "product",
    "id": "product",
    "item_name": "name",
    "item_category": "category",
    "item_brand": "brand",
    "cart_id": "cart",
    "cartId": "cart",
    "checkout_id": "checkout",
    "order_id": "order",
    "orderId": "order",
    "transaction_id": "order",
    "search_term": "query",
    "url": "link",
}
"""Properties by the glossary's name; any other keeps its own."""

OF_ONE = frozenset(
    {
        "Product Viewed",
        "Product Clicked",
        "Product Added",
        "Product Removed",
        "Product Added to Wishlist",
    }
)
"""Events about one product."""

NAMES = frozenset({"product", "sku", "category", "brand", "cart", "checkout", "order", "variant"})
"""Facts that name something: a number there is a name too, `"1042"`."""

MONEY = frozenset(
    {"price", "value", "revenue", "total", "subtotal", "shipping", "tax", "discount", "full_price"}
)
"""Properties that are amounts: kept as integer minor units of the event's currency."""


def named(event: str) -> str:
    """`Completed Order`, `purchase` and `order completed` are all *Order Completed*."""
    event = event.strip()
    return _BY_FOLDED.get(event.casefold(), event)


LEAVES = frozenset({"Unsubscribed", "Consent Withdrawn"})
"""By these a person withdraws a consent."""
