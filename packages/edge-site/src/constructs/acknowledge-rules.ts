import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * Says why rules do not hold for a construct and what is in it, for whoever validates the app by them, as
 * cdk-nag does. `Validations.acknowledge` would write absolute paths into the assembly.
 *
 * @param reasons by the rule's id, as in `AwsSolutions::AwsSolutions-S1`.
 */
export function acknowledgeRules(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, reasons);
}
