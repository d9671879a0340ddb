/** A CloudFormation template, as far as the test double looks at it. */
export interface StackTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly Type: string; readonly DeletionPolicy?: string; readonly Properties?: object }
    >
  >;
}
