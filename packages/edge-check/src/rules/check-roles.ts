import {
  type EvaluatedAssembly,
  isJsonObject,
  type JsonObject,
  listAt,
  type TemplateResource,
} from "cloud-assembly";
import { edgeFunctions } from "../app/edge-functions.ts";
import type { RuleHit } from "./rule-hit.ts";

/** Finds execution roles that cannot be judged, logs that cannot be written, and rights that miss. */
export function checkRoles(app: EvaluatedAssembly): readonly RuleHit[] {
  const lambdas = new Set(edgeFunctions(app).flatMap(({ function: { lambda } }) => lambda ?? []));
  const roleOf = (lambda: TemplateResource) =>
    app.resourceIn(lambda.text("Role"), "AWS::IAM::Role");
  const roles = new Set([...lambdas].flatMap((lambda) => roleOf(lambda) ?? []));
  return [
    ...[...lambdas]
      .filter((lambda) => roleOf(lambda) === undefined)
      .flatMap((lambda) => unseenRole(app, lambda)),
    ...[...roles].flatMap((role) => logRights(app, role)),
    ...replicationRights(app),
  ];
}

function unseenRole(app: EvaluatedAssembly, lambda: TemplateResource): readonly RuleHit[] {
  const role = lambda.text("Role");
  if (role === undefined) return [];
  return [
    {
      ruleId: "LE-F-01",
      severity: "warning",
      message: `${lambda.logicalId} has a role that this app does not make, so that nobody sees who may assume it: got ${JSON.stringify(app.readable(role))}.`,
      remedy:
        "Look whether it trusts lambda.amazonaws.com and edgelambda.amazonaws.com (sts:AssumeRole), or make the role here.",
      resource: lambda,
      property: "Properties.Role",
    },
  ];
}

/** LE-F-05, LE-F-08: a function writes into `/aws/lambda/us-east-1.<name>` of the region near the viewer. */
function logRights(app: EvaluatedAssembly, role: TemplateResource): readonly RuleHit[] {
  const resources = statementsOfRole(app, role)
    .filter(({ Effect: effect }) => effect === "Allow")
    .filter((statement) => listAt(statement, "Action").some(writesLogs))
    .flatMap((statement) => listAt(statement, "Resource").map(String));
  const [first] = resources;
  if (first === undefined) return [];
  const wrong = (ruleId: string, problem: string): readonly RuleHit[] => [
    {
      ruleId,
      severity: "warning",
      message: `${role.logicalId} lets an edge function write logs ${problem}: got ${JSON.stringify(app.readable(first))}.`,
      remedy:
        "Allow arn:aws:logs:*:ACCOUNT:log-group:/aws/lambda/us-east-1.FUNCTION:* (any region).",
      resource: role,
      property: "Properties",
    },
  ];
  if (resources.every((arn) => /^arn:[^:]*:logs:[a-z]/.test(arn))) {
    return wrong("LE-F-08", "in one region only, though it runs near each viewer");
  }
  return resources.every((arn) => /log-group:\/aws\/lambda\/(?!us-east-1\.|\*)/.test(arn))
    ? wrong("LE-F-05", "into a group that no edge function writes to")
    : [];
}

function writesLogs(action: unknown): boolean {
  return ["*", "logs:*", "logs:PutLogEvents", "logs:Put*"].includes(String(action));
}

/** LE-F-02: the actions end in an asterisk, which is part of their names. */
function replicationRights(app: EvaluatedAssembly): readonly RuleHit[] {
  return policies(app).flatMap((resource) =>
    statementsIn(resource).flatMap((statement) =>
      listAt(statement, "Action")
        .map(String)
        .filter((action) => /^lambda:(?:Enable|Disable)Replication$/.test(action))
        .map((action) => ({
          ruleId: "LE-F-02",
          severity: "warning",
          message: `${resource.logicalId} allows an action that does not exist without its asterisk: got ${JSON.stringify(action)}.`,
          remedy: `Write ${JSON.stringify(`${action}*`)}.`,
          resource,
          property: "Properties.PolicyDocument",
        })),
    ),
  );
}

function policies(app: EvaluatedAssembly): readonly TemplateResource[] {
  return ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role"].flatMap((type) =>
    app.resourcesOfType(type),
  );
}

function statementsOfRole(app: EvaluatedAssembly, role: TemplateResource): readonly JsonObject[] {
  const attached = policies(app).filter((policy) =>
    policy.texts("Roles").some((name) => app.resourceIn(name) === role),
  );
  return [role, ...attached].flatMap(statementsIn);
}

function statementsIn(resource: TemplateResource): readonly JsonObject[] {
  return [
    ...listAt(resource.values, "PolicyDocument", "Statement"),
    ...listAt(resource.values, "Policies").flatMap((policy) =>
      listAt(policy, "PolicyDocument", "Statement"),
    ),
  ].filter(isJsonObject);
}
