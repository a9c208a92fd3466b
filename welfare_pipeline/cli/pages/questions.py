"""Whether a GraphQL text only asks, or also changes something."""

from graphql import GraphQLError, OperationDefinitionNode, OperationType, parse

_MOST_TOKENS = 10_000  # deeper ones could exhaust the parser


def only_asks(text: str) -> bool:
    """Whether every operation of the document is a query, whichever of them is meant; not so if it cannot be read."""
    try:
        document = parse(text, no_location=True, max_tokens=_MOST_TOKENS)
    except (GraphQLError, RecursionError):
        return False
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return all(node.operation is OperationType.QUERY for node in operations)
