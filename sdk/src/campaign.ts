// Reads the campaign that brought the visitor, from the utm_ words of an address.

export interface Campaign {
  name?: string;
  source?: string;
  medium?: string;
  term?: string;
  content?: string;
  id?: string;
}

const WORDS: Record<keyof Campaign, string> = {
  name: "utm_campaign",
  source: "utm_source",
  medium: "utm_medium",
  term: "utm_term",
  content: "utm_content",
  id: "utm_id",
};

/** `?utm_source=newsletter&utm_campaign=saldi` → `{name: "saldi", source: "newsletter"}`. */
export function campaignOf(search: string): Campaign | undefined {
  const asked = new URLSearchParams(search);
  const found: Campaign = {};
  for (const [field, word] of Object.entries(WORDS)) {
    const value = asked.get(word);
    if (value) found[field as keyof Campaign] = value;
  }
  return Object.keys(found).length ? found : undefined;
}
