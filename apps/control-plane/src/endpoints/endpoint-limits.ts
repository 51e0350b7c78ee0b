/** How much of everything; a limit error names the limit and what to do. */
export const endpointLimits = {
  perTenant: 100,
  /** Chosen or changed capabilities of one endpoint; one that shows more shows everything of the tenant. */
  items: 1_000,
  descriptionLength: 2_000,
  /** All descriptions of one endpoint together: they are part of every snapshot. */
  descriptionsLength: 100_000,
} as const;
