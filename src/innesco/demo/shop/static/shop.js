// Every page begins here: what all pages do, then what this one does.
import { askForCookies } from "./banner.js";
import { openBench } from "./bench.js";
import { showCount } from "./cart.js";
import { showCart } from "./cart_page.js";
import { showCheckout } from "./checkout.js";
import { listenToFilters, tellOfLists } from "./lists.js";
import { listenToNewsletter } from "./newsletter.js";
import { showProduct } from "./product.js";
import { thank } from "./thanks.js";
import { listenToHearts, showWishlist } from "./wishes.js";

const pages = {
  product: showProduct,
  cart: showCart,
  checkout: showCheckout,
  thanks: thank,
  wishlist: showWishlist,
};

askForCookies();
showCount();
listenToHearts();
pages[document.body.dataset.page]?.();
tellOfLists();
listenToFilters();
listenToNewsletter();
openBench();
document.documentElement.dataset.ready = "yes";
