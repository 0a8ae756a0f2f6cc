const schema = new URL('../schema/', import.meta.url);

/** The graph that the layout serves where SUPERGRAPH names no other. */
export const supergraph = new URL('supergraph.graphql', schema);

/** The named operations. */
export const operations = new URL('operations/', schema);
