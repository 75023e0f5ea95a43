"""Webhooks: addresses of other systems that are told what happened, signed and tried again."""
