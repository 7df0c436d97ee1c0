// Reads diagrams as a JSON array of texts, and writes what Mermaid itself makes of each.
// Usage: node mermaid.mjs <URL of the mermaid package's module> < texts.json

const { default: mermaid } = await import(process.argv[2]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks));

const results = [];
for (const text of texts) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const entities = [...db.getEntities()];
    const nameOf = new Map(entities.map(([name, entity]) => [entity.id, name]));
    results.push({
      tables: entities.map(([name, entity]) => ({
        name: decode(name),
        columns: entity.attributes.map(({ type, name, keys, comment }) => `${type} ${name} ${(keys ?? []).join('+')} ${decode(comment ?? '')}`.trim()),
      })),
      relations: db.getRelationships().map(({ entityA, entityB, roleA, relSpec }) =>
        `${decode(nameOf.get(entityA))} ${relSpec.cardB} ${relSpec.relType} ${relSpec.cardA} ${decode(nameOf.get(entityB))}: ${decode(roleA)}`),
    });
  } catch (error) {
    results.push({ error: String(error.message ?? error) });
  }
}
process.stdout.write(JSON.stringify(results));

/** What Mermaid does to the codes of characters when it draws. */
function decode(text) {
  return text.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCharCode(code));
}
