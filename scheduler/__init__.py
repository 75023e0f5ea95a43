"""The workforce: records, law, pay and the use cases that change them."""
