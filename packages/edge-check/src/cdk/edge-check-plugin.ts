import { readTemplateStack } from "cloud-assembly";
import { edgeApp } from "../app/edge-app.ts";
import { checkApp, checkName } from "../check-app.ts";
import type { CheckOptions } from "../check-options.ts";
import { ruleCatalogue } from "../rules/rule-catalogue.ts";
import { stops, type FailOn } from "../stops.ts";
import type { ValidationContext, ValidationReport } from "./validation-report.ts";

/** How the plugin checks an app. */
export interface EdgeCheckPluginOptions extends CheckOptions {
  /**
   * From which severity on a synth fails.
   * @default "error"
   */
  readonly failOn?: FailOn;
}

/**
 * A validation plugin of the CDK: a synth fails where CloudFront would refuse what it deploys.
 *
 * ```ts
 * Validations.of(app).addPlugins(new EdgeCheckPlugin());
 * ```
 *
 * What you have weighed you acknowledge at the construct, and its synth goes on:
 *
 * ```ts
 * Validations.of(fn).acknowledge({ id: "edge-check::LE-E-02", reason: "…" });
 * ```
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class EdgeCheckPlugin {
  readonly name = checkName;
  readonly ruleIds: string[] = Object.keys(ruleCatalogue);
  readonly #options: EdgeCheckPluginOptions;

  constructor(options: EdgeCheckPluginOptions = {}) {
    this.#options = options;
  }

  /** The CDK calls it when the templates are written. */
  validate({ templatePaths, stackTemplates }: ValidationContext): ValidationReport {
    const { failOn = "error" } = this.#options;
    const stacks =
      stackTemplates ?? templatePaths.map((templatePath) => ({ templatePath, region: undefined }));
    const app = edgeApp(() =>
      stacks.map(({ templatePath, region }) => readTemplateStack(templatePath, region)),
    );
    const findings = checkApp(app, this.#options);
    return {
      success: !findings.some((finding) => stops(finding, failOn)),
      violations: findings.map((finding) => ({
        ruleName: finding.ruleId,
        description: finding.message,
        fix: finding.remedy,
        // The CDK fails on errors alone when it has left out what is acknowledged.
        severity: stops(finding, failOn) ? "error" : finding.severity,
        violatingResources: [
          {
            resourceLogicalId: finding.place.logicalId,
            templatePath: finding.place.templateFile,
            locations: [finding.place.property],
          },
        ],
      })),
    };
  }
}
