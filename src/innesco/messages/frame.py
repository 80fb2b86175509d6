"""The frame of every mail: head, logo, foot with address and unsubscribing, and its blocks.

`[[content]]` is where a template's own part goes; `[[products]]` may stand in any template and
shows what `lines` holds; `[[color]]` is the shop's and `[[on_color]]` what reads on it. Dark mode
by `color-scheme` and media queries; no font, picture or style comes from anywhere but the shop.
"""

FRAME = """\
<mjml lang="[[language]]">
  <mj-head>
    <mj-title>{{ subject }}</mj-title>
    <mj-preview>{{ preheader }}</mj-preview>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.55" color="#26221f" padding="0 32px 16px" />
      <mj-button background-color="[[color]]" color="[[on_color]]"
        font-size="16px" font-weight="600" border-radius="8px" inner-padding="14px 28px"
        padding="8px 32px 24px" />
      <mj-section background-color="#ffffff" padding="0" />
      <mj-class name="title" font-size="26px" line-height="1.25" font-weight="700"
        padding="8px 32px 12px" />
      <mj-class name="small" font-size="13px" line-height="1.5" color="#6b645e" />
    </mj-attributes>
    <mj-style>
      a { color: [[color]] }
      @media (prefers-color-scheme: dark) {
        body, .page { background: #171513 !important }
        .card, .card > table { background: #211e1b !important }
        .card div, .card td, .card span, .card a { color: #f1ece6 !important }
        .card .quiet div, .card .quiet a, .foot div, .foot a { color: #a79e95 !important }
        .card .button a, .card .button td {
          background: [[color]] !important; color: [[on_color]] !important
        }
        .card .rule p { border-top-color: #3a3530 !important }
        .logo img { background: #ffffff; border-radius: 6px }
      }
    </mj-style>
    <mj-raw>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no, date=no, address=no" />
    </mj-raw>
  </mj-head>
  <mj-body background-color="#f5f2ee" css-class="page" width="600px">
    <mj-section background-color="transparent" padding="20px 0 0">
      <mj-column></mj-column>
    </mj-section>
    <mj-section css-class="card" border-radius="12px 12px 0 0" padding="28px 0 12px">
      <mj-column>
        <mj-raw>{% if workspace.logo %}</mj-raw>
        <mj-image src="{{ workspace.logo }}" alt="{{ workspace.name }}" href="{{ links.shop }}"
          width="140px" align="left" padding="0 32px" css-class="logo" />
        <mj-raw>{% else %}</mj-raw>
        <mj-text font-size="18px" font-weight="700" padding="0 32px">{{ workspace.name }}</mj-text>
        <mj-raw>{% endif %}</mj-raw>
      </mj-column>
    </mj-section>
    [[content]]
    <mj-section css-class="card" border-radius="0 0 12px 12px" padding="0 0 12px">
      <mj-column></mj-column>
    </mj-section>
    <mj-section background-color="transparent" padding="20px 0 32px" css-class="foot">
      <mj-column>
        <mj-text mj-class="small" align="center" padding="0 32px 6px">[[why_you]]</mj-text>
        <mj-raw>{% if links.unsubscribe %}</mj-raw>
        <mj-text mj-class="small" align="center" padding="0 32px 6px">
          <a href="{{ links.unsubscribe }}" style="color:#6b645e">[[unsubscribe]]</a>
        </mj-text>
        <mj-raw>{% endif %}</mj-raw>
        <mj-text mj-class="small" align="center" padding="0 32px">
          {{ workspace.name }}{% if workspace.address %} · {{ workspace.address }}{% endif %}
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
"""

PRODUCTS = """\
<mj-raw>{% for line in lines %}</mj-raw>
<mj-section css-class="card" padding="0 24px 16px">
  <mj-group>
    <mj-column width="30%" vertical-align="middle">
      <mj-raw>{% if line.image %}</mj-raw>
      <mj-image src="{{ line.image }}" href="{{ line.link }}" border-radius="8px" padding="0 8px"
        alt="{{ line.name }}{% if line.variant %}, {{ line.variant }}{% endif %}" />
      <mj-raw>{% endif %}</mj-raw>
    </mj-column>
    <mj-column width="70%" vertical-align="middle">
      <mj-text font-weight="600" padding="0 8px 2px">
        <a href="{{ line.link }}" style="color:inherit;text-decoration:none">{{ line.name }}</a>
      </mj-text>
      <mj-text padding="0 8px" mj-class="small" css-class="quiet">
        {% if line.variant %}{{ line.variant }} · {% endif %}
        {% if line.quantity > 1 %}{{ line.quantity }} × {% endif %}{{ line.price }}
        {% if line.full_price %}<s>{{ line.full_price }}</s>{% endif %}
        {% if line.few %}· [[few]]{% endif %}
      </mj-text>
    </mj-column>
  </mj-group>
</mj-section>
<mj-raw>{% endfor %}</mj-raw>
<mj-raw>{% if more > 0 %}</mj-raw>
<mj-section css-class="card" padding="0 0 8px"><mj-column>
  <mj-text mj-class="small" css-class="quiet">[[more]]</mj-text>
</mj-column></mj-section>
<mj-raw>{% endif %}</mj-raw>
"""

BLOCKS = {"products": PRODUCTS}

SAYS: dict[str, dict[str, str]] = {
    "it": {
        "why_you": "{% if links.unsubscribe %}Ricevi questa mail perché hai chiesto le novità di "
        "{{ workspace.name }}.{% else %}Ricevi questa mail per una tua richiesta a "
        "{{ workspace.name }}.{% endif %}",
        "unsubscribe": "Non vuoi più riceverle? Disiscriviti",
        "few": "ultimi pezzi",
        "more": "… e altri {{ more }}",
    },
    "en": {
        "why_you": "{% if links.unsubscribe %}You get this mail because you asked for news from "
        "{{ workspace.name }}.{% else %}You get this mail because of something you asked "
        "{{ workspace.name }} for.{% endif %}",
        "unsubscribe": "No longer want these? Unsubscribe",
        "few": "last few",
        "more": "… and {{ more }} more",
    },
}
"""Words of the frame itself; a template may say them its own way under the same names."""

KNOWN: dict[str, frozenset[str] | None] = {
    "subject": None,
    "preheader": None,
    "language": None,
    "lines": None,
    "more": None,
    "facts": None,  # what the journey or event gave along; asked for at rendering
    "workspace": frozenset({"name", "logo", "address"}),
    "links": frozenset({"shop", "cart", "unsubscribe", "confirm"}),
    "cart": frozenset({"total", "count"}),
}
"""What a template may name; None = a plain value, or names that only the data knows."""
