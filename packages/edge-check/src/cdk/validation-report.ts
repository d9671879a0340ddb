/** What the CDK passes to a validation plugin, in all its versions. */
export interface ValidationContext {
  /** Absolute paths. */
  readonly templatePaths: readonly string[];
  /** Since aws-cdk-lib 2.250: the same templates, and where each will be deployed. */
  readonly stackTemplates?: readonly {
    readonly templatePath: string;
    readonly region: string | undefined;
  }[];
}

/** What a validation plugin returns to the CDK, in all its versions. */
export interface ValidationReport {
  readonly success: boolean;
  readonly violations: {
    readonly ruleName: string;
    readonly description: string;
    readonly fix: string;
    readonly severity: string;
    readonly violatingResources: {
      readonly resourceLogicalId: string;
      readonly templatePath: string;
      readonly locations: string[];
    }[];
  }[];
}
