// One form for each kind of condition: the compiler finds the one that lacks.
import type { ComponentType } from "react";
import type { Document, Known, KnownKind, Of } from "../document";
import { AttributeForm } from "./AttributeForm";
import { JourneyForm, SegmentForm } from "./BelongingForms";
import { DidForm } from "./DidForm";
import { SequenceForm } from "./SequenceForm";
import { ConsentForm, ReachableForm, ShareForm } from "./ReachForms";
import { CartForm, CartHasForm, VisitForm } from "./SiteForms";

export interface FormProps<Kind extends KnownKind> {
  asks: Of<Kind>;
  change: (asks: Of<Kind>, typed?: string) => void; // into which field, when it was typed
}

const FORMS: { [Kind in KnownKind]: ComponentType<FormProps<Kind>> } = {
  did: DidForm,
  sequence: SequenceForm,
  attribute: AttributeForm,
  visit: VisitForm,
  cart: CartForm,
  "cart has": CartHasForm,
  "in segment": SegmentForm,
  "in journey": JourneyForm,
  consent: ConsentForm,
  reachable: ReachableForm,
  "random share": ShareForm,
};

interface AnyProps {
  asks: Known;
  change: (asks: Document, typed?: string) => void;
}

export function formOf({ kind }: Known): ComponentType<AnyProps> {
  return FORMS[kind] as unknown as ComponentType<AnyProps>;
}
