"""Measurements that can be repeated: each module prints sizes, figures, and what they compare with."""
