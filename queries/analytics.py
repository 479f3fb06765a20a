"""Analytics: what the corpus looks like from above, on networkx.

Two networks: who coordinates with whom (from the side table of a release), and which document rests on which (from its
graph). Every function returns plain numbers with their definition here; stated assignments only, unless told otherwise.
"""

from collections import Counter
from dataclasses import dataclass

import networkx as nx
import polars as pl

from queries.store import GraphStore


@dataclass(frozen=True, slots=True)
class AgencyMeasure:
    """How an agency stands in the coordination network.

    ``leads`` counts tasks; ``partners`` the different agencies it works with; ``shared`` the tasks it shares, each counted once for each
    partner; ``betweenness`` is the share of shortest paths between others that run through it (0 to 1, edges unweighted).
    """

    agency: str
    label: str
    leads: int
    partners: int
    shared: int
    betweenness: float


def coordination_network(assignments: pl.DataFrame, *, inherited: bool = False) -> "nx.DiGraph[str]":
    """Return the network of agencies: an edge from the lead of a task to each agency that coordinates in it.

    ``assignments`` is the side table, or the rows of it that matter. An edge's ``tasks`` counts the tasks; a node's ``label`` is the
    Vietnamese name, ``leads`` the tasks it leads.
    """
    rows = assignments.filter(pl.col("role").is_in(["lead", "coordinate"]))
    if not inherited:
        rows = rows.filter(~pl.col("inherited"))
    network: nx.DiGraph[str] = nx.DiGraph()
    leads: Counter[str] = Counter()
    for agency, label, role, task in (
        rows.select("agency", "agency_label", "role", "task").unique().sort("agency", "task").rows()
    ):
        network.add_node(agency, label=label or agency)
        leads[agency] += role == "lead" and bool(task)
    for agency in network:
        network.nodes[agency]["leads"] = leads[agency]
    lead = rows.filter(pl.col("role") == "lead").select("task", lead="agency").unique()
    partner = rows.filter(pl.col("role") == "coordinate").select("task", partner="agency").unique()
    pairs = lead.join(partner, on="task").filter(pl.col("lead") != pl.col("partner"))
    for one, other, tasks in pairs.group_by("lead", "partner").agg(pl.len()).sort("lead", "partner").rows():
        network.add_edge(one, other, tasks=tasks)
    return network


def measure_agencies(network: "nx.DiGraph[str]") -> list[AgencyMeasure]:
    """Return the measures of all agencies, the busiest first."""
    plain = network.to_undirected()
    between = nx.betweenness_centrality(plain, normalized=True)
    measures = [
        AgencyMeasure(
            agency,
            network.nodes[agency]["label"],
            network.nodes[agency]["leads"],
            plain.degree(agency),
            sum(d["tasks"] for *_, d in network.in_edges(agency, data=True))
            + sum(d["tasks"] for *_, d in network.out_edges(agency, data=True)),
            between[agency],
        )
        for agency in network
    ]
    return sorted(measures, key=lambda m: (-m.leads, -m.shared, m.label, m.agency))


def lead_concentration(assignments: pl.DataFrame) -> float | None:
    """Return the Herfindahl-Hirschman index of stated leads (1: one agency leads everything), ``None`` without a lead.

    The sum of the squared shares of tasks led; a task with two leads counts for both.
    """
    leads = assignments.filter(pl.col("role") == "lead", ~pl.col("inherited")).select("agency", "task").unique()
    if leads.is_empty():
        return None
    counts = leads.group_by("agency").len()["len"].to_list()
    return float(sum((count / leads.height) ** 2 for count in counts))


_LINKS = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
SELECT DISTINCT ?document ?property ?basis WHERE {
  VALUES ?property { eli:ensures_implementation_of eli:based_on dm:carriesOut }
  ?document ?property ?basis . FILTER(?document != ?basis)
}"""
_DOCUMENTS = """
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dm: <https://w3id.org/daumoi/ontology#>
SELECT ?document (MIN(?id) AS ?number) (MAX(?is_held) AS ?held) WHERE {
  ?document a eli:LegalResource . OPTIONAL { ?document eli:id_local ?id } OPTIONAL { ?document dm:held ?is_held }
} GROUP BY ?document"""


@dataclass(frozen=True, slots=True)
class DocumentMeasure:
    """How a document stands among the others.

    ``depth`` is the length of the longest chain from it up to a document that rests on nothing known; ``dependants`` counts all that
    rest on it, directly or through others.
    """

    document: str
    label: str
    held: bool
    depth: int
    dependants: int


def decree_network(store: GraphStore) -> "nx.DiGraph[str]":
    """Return the network of documents: an edge from each to what it implements, carries out or is based on.

    An edge's ``relations`` are the properties that state it. What is cited without such a relation makes no edge.
    """
    network: nx.DiGraph[str] = nx.DiGraph()
    for document, number, held in sorted(store.select(_DOCUMENTS).rows, key=lambda row: str(row[0])):
        network.add_node(str(document), label=str(number or document), held=held is True)
    for document, relation, basis in sorted(store.select(_LINKS).rows, key=str):
        one, other = str(document), str(basis)
        before = network.edges[one, other]["relations"] if network.has_edge(one, other) else ()
        network.add_edge(one, other, relations=(*before, str(relation)))
    for node in network:
        network.nodes[node].setdefault("label", node)
        network.nodes[node].setdefault("held", False)
    return network


def measure_documents(network: "nx.DiGraph[str]") -> list[DocumentMeasure]:
    """Return the measures of all documents, the most depended-upon first.

    Documents that rest on one another in a circle (which a misread relation can cause) count as one for the depth.
    """
    condensed = nx.condensation(network)
    depth: dict[int, int] = {}
    for group in reversed(list(nx.topological_sort(condensed))):
        depth[group] = max((depth[next_] + 1 for next_ in condensed.successors(group)), default=0)
    group_of = condensed.graph["mapping"]
    measures = [
        DocumentMeasure(
            node,
            network.nodes[node]["label"],
            network.nodes[node]["held"],
            depth[group_of[node]],
            len(nx.ancestors(network, node)),
        )
        for node in network
    ]
    return sorted(measures, key=lambda m: (-m.dependants, m.label, m.document))


def find_orphans(network: "nx.DiGraph[str]") -> list[str]:
    """Return the held documents that rest on nothing known, sorted."""
    return sorted(node for node in network if network.nodes[node]["held"] and network.out_degree(node) == 0)
